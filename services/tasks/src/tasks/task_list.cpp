#include "services/tasks/src/tasks/task_list.hpp"

#include "platform/lists/list_page.hpp"
#include "platform/projection/team.hpp"
#include "services/tasks/src/access.hpp"
#include "services/tasks/src/search/word_table.hpp"
#include "services/tasks/src/tasks/task_row.hpp"
#include "services/tasks/src/tasks/task_view.hpp"

namespace bordero::tasks {
namespace {

using lists::Field;
using lists::FieldType;

Field keyword(const std::string& column, std::vector<std::string> words) {
  return {.column = column,
          .type = FieldType::keyword,
          .groupable = true,
          .keywords = std::move(words)};
}
Field uuid(const std::string& column, bool groupable = false) {
  return {.column = column, .type = FieldType::uuid, .nullable = true, .groupable = groupable};
}
Field person(const std::string& column) {
  Field field = uuid(column, true);
  field.person = true;
  return field;
}
Field flag(const std::string& condition) {
  return {.column = condition, .type = FieldType::boolean};
}

// `narrow` is the table whose index leads the list: the caller's access rows, or the tasks.
lists::Spec spec_of(const std::string& narrow, const std::string& id_column) {
  const std::string open = narrow + ".is_open";
  const std::string due = narrow + ".due";
  lists::Spec spec;
  spec.resource = "tasks";
  spec.default_order = "due";
  spec.id_column = id_column;
  spec.fields = {
      {"number", {.column = "t.number", .sortable = true}},
      {"subject", {.column = "t.subject"}},
      {"status", keyword("t.status", {"new", "in_progress", "done", "cancelled"})},
      {"priority", keyword("t.priority", {"low", "normal", "high"})},
      {"assignee_id", person("t.assignee_id")},
      {"author_id", person("t.author_id")},
      {"deal_id", uuid("t.deal_id", true)},
      {"policy_id", uuid("t.policy_id")},
      {"payment_id", uuid("t.payment_id")},
      {"rule", {.column = "t.rule", .groupable = true}},
      {"lead_agent_id",
       {.column = "t.deal_id",
        .type = FieldType::uuid,
        .condition = "t.deal_id IN (SELECT l.id FROM deals l WHERE l.lead_agent_id = $?)",
        .person = true}},
      {"due",
       {.column = due,
        .type = FieldType::instant,
        .sortable = true,
        .nullable = true,
        .groupable = true}},
      {"due_on", {.column = "t.due_on", .type = FieldType::date, .nullable = true}},
      {"due_at", {.column = "t.due_at", .type = FieldType::instant, .nullable = true}},
      {"open", flag(open)},
      {"created_at", {.column = "t.created_at", .type = FieldType::instant, .sortable = true}},
      {"updated_at", {.column = "t.updated_at", .type = FieldType::instant, .sortable = true}},
  };
  return spec;
}

// Overdue depends on the business clock, so its field is made for each request.
lists::Spec spec_now(bool own) {
  static const lists::Spec own_spec = spec_of("a", "a.task_id");
  static const lists::Spec all_spec = spec_of("t", "t.id");
  lists::Spec spec = own ? own_spec : all_spec;
  const std::string narrow = own ? "a" : "t";
  spec.fields["overdue"] = flag("(" + narrow + ".is_open AND coalesce(" + narrow + ".due < '" +
                                instant_text(clock::now()) + "', false))");
  return spec;
}

// Finance sees its own tasks and those about payments: two indexes in one order, each read from its
// beginning.
constexpr const char* kOwnOrAboutPayments = R"sql((
    SELECT x.task_id, x.is_open, x.due FROM task_access x WHERE x.user_id = $1::uuid
    UNION ALL
    SELECT y.id, y.is_open, y.due FROM tasks y
     WHERE y.payment_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM task_access x
                        WHERE x.task_id = y.id AND x.user_id = $1::uuid)) AS a)sql";

// A left join, so that counts that need nothing of `tasks` never visit it.
constexpr const char* kOfAccess = " LEFT JOIN tasks t ON t.id = a.task_id";

bool sees_all(const Caller& caller) { return tasks_seen(caller.role) == "true"; }

// Whether access rows lead the list. In other orders than theirs finance walks the tasks.
bool led_by_access(const Caller& caller, const std::string& order_by) {
  const bool by_due = order_by.empty() || order_by.starts_with("due");
  return sees_by_access_alone(caller.role) || (!sees_all(caller) && by_due);
}

lists::ListSource source_of(const Caller& caller, bool by_access,
                            const std::vector<std::string>& left) {
  lists::ListSource source{.columns = kTaskColumns,
                           .from = "tasks t",
                           .joins = kTaskJoins,
                           .team = projection::team_of(caller)};
  const bool names_caller = !sees_all(caller);
  if (sees_by_access_alone(caller.role)) {
    source.from = std::string("task_access a") + kOfAccess;
    source.where = "a.user_id = $1::uuid";
  } else if (by_access) {
    source.from = std::string(kOwnOrAboutPayments) + kOfAccess;
  } else {
    source.where = tasks_seen(caller.role);
  }
  if (names_caller) source.params = {user_param(caller)};
  if (names_caller && !left.empty()) {
    source.params.push_back(pg::to_param(left));
    source.where += " AND (t.deal_id IS NULL OR t.deal_id <> ALL($2::uuid[]))";
  }
  return source;
}

}  // namespace

awaitable<Result<v1::ListTasksReply>> list_page_of_tasks(pg::Transaction& tx, const Caller& caller,
                                                         const v1::ListTasksRequest& request,
                                                         const std::vector<std::string>& left) {
  const bool by_access = led_by_access(caller, request.order_by());
  auto source = source_of(caller, by_access, left);
  if (!request.q().empty()) {
    const bool own = sees_by_access_alone(caller.role);
    co_await lists::narrow_to_words(tx, source, kTaskWords, "t.id", request.q(), own);
  }
  const auto spec = spec_now(by_access);
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await lists::read_page(tx, spec, asked, std::move(source)));

  v1::ListTasksReply reply;
  for (const auto& row : page.rows) *reply.add_tasks() = shown(stored_of(row), caller);
  lists::put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::tasks
