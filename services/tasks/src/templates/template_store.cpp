#include "services/tasks/src/templates/template_store.hpp"

#include "platform/json/list.hpp"
#include "services/tasks/src/access.hpp"

namespace bordero::tasks {
namespace {

constexpr const char* kColumns =
    "p.id, p.code, p.owner_id IS NULL AS shared, p.name, p.subject, p.description, p.priority, "
    "p.due_in_days, p.reminders, p.archived, p.version";
constexpr const char* kOwn = "(p.owner_id IS NULL OR p.owner_id = $1::uuid)";

const lists::Spec& spec() {
  static const lists::Spec spec = {
      .resource = "task_templates",
      .fields = {{"name", {.column = "p.name", .filterable = false, .sortable = true}}},
      .default_order = "name",
      .id_column = "p.id"};
  return spec;
}

std::optional<int> due_in_days(const v1::TaskTemplate& of) {
  if (!of.has_due_in_days()) return std::nullopt;
  return of.due_in_days();
}

awaitable<std::optional<v1::TaskTemplate>> read(pg::Transaction& tx, const Caller& caller,
                                                const std::string& id, const char* locking) {
  const std::string sql = std::string("SELECT ") + kColumns + " FROM task_templates p WHERE " +
                          kOwn + " AND p.id = $2" + locking;
  const auto row = co_await tx.find_one(sql, user_param(caller), id);
  if (!row) co_return std::nullopt;
  co_return row->to<v1::TaskTemplate>();
}

}  // namespace

awaitable<Result<lists::ListPage>> page_of_templates(pg::Transaction& tx, const Caller& caller,
                                                     const lists::Request& request) {
  lists::ListSource source{.columns = kColumns,
                           .from = "task_templates p",
                           .where = std::string(kOwn) + " AND NOT p.archived",
                           .params = {user_param(caller)}};
  co_return co_await lists::read_page(tx, spec(), request, std::move(source));
}

awaitable<std::optional<v1::TaskTemplate>> find_template(pg::Transaction& tx, const Caller& caller,
                                                         const std::string& id) {
  co_return co_await read(tx, caller, id, "");
}

awaitable<std::optional<v1::TaskTemplate>> lock_template(pg::Transaction& tx, const Caller& caller,
                                                         const std::string& id) {
  co_return co_await read(tx, caller, id, " FOR UPDATE");
}

awaitable<v1::TaskTemplate> template_of_rule(pg::Transaction& tx, const char* code) {
  static const std::string sql =
      std::string("SELECT ") + kColumns + " FROM task_templates p WHERE p.code = $1";
  const auto row = co_await tx.find_one(sql, code);
  ensure(row.has_value(), "the templates of rules are there from the beginning");
  co_return row->to<v1::TaskTemplate>();
}

void insert_template(pg::Transaction& tx, const v1::TaskTemplate& made, const Caller& caller) {
  std::optional<std::string> owner;
  if (!made.shared()) owner = caller.user_id;
  tx.execute(R"sql(
      INSERT INTO task_templates (id, owner_id, name, subject, description, priority, due_in_days,
                                  reminders)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql",
             made.id(), owner, made.name(), made.subject(), made.description(), made.priority(),
             due_in_days(made), json::list_text(made.reminders()));
}

void save_template(pg::Transaction& tx, const v1::TaskTemplate& changed) {
  tx.execute(R"sql(
      UPDATE task_templates
         SET name = $2, subject = $3, description = $4, priority = $5, due_in_days = $6,
             reminders = $7, archived = $8, version = version + 1
       WHERE id = $1)sql",
             changed.id(), changed.name(), changed.subject(), changed.description(),
             changed.priority(), due_in_days(changed), json::list_text(changed.reminders()),
             changed.archived());
}

}  // namespace bordero::tasks
