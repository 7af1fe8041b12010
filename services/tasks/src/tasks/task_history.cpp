#include "services/tasks/src/tasks/task_history.hpp"

#include "platform/base/uuid.hpp"
#include "platform/json/json.hpp"
#include "platform/lists/list_page.hpp"

namespace bordero::tasks {
namespace {

// An object under construction.
class Details {
 public:
  void add(const std::string& name, const std::string& json) {
    if (json_.size() > 1) json_.push_back(',');
    json::append_string(json_, name);
    json_.push_back(':');
    json_ += json;
  }
  void add_text(const std::string& name, const std::string& text) {
    if (text.empty()) return;
    std::string quoted;
    json::append_string(quoted, text);
    add(name, quoted);
  }
  std::string done() const { return json_ + "}"; }

 private:
  std::string json_ = "{";
};

std::string tail(v1::TaskStatus status) {
  return pg::enum_tail(v1::TaskStatus_descriptor(), status);
}

void write(pg::Transaction& tx, const Context& ctx, const std::string& task_id, const char* kind,
           const Details& details) {
  tx.execute(R"sql(
      INSERT INTO task_events (id, task_id, at, kind, actor_id, details)
      VALUES ($1, $2, $3, $4, $5, $6))sql",
             Uuid::v7(), task_id, clock::now(), kind, ctx.caller.actor(), details.done());
}

std::string field_json(const v1::Task& task, const std::string& name) {
  std::string json;
  json::append_field(json, task, v1::Task::descriptor()->FindFieldByName(name));
  return json;
}

const lists::Spec& spec() {
  static const lists::Spec spec = {
      .resource = "task_history",
      .fields = {{"at", {.column = "e.at", .type = lists::FieldType::instant, .sortable = true}}},
      .default_order = "at desc",
      .id_column = "e.id"};
  return spec;
}

}  // namespace

void write_created(pg::Transaction& tx, const Context& ctx, const v1::Task& task) {
  Details details;
  details.add_text("to", task.assignee_name());
  write(tx, ctx, task.id(), "created", details);
}

void write_assigned(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                    const v1::Task& after) {
  Details details;
  details.add_text("from", before.assignee_name());
  details.add_text("to", after.assignee_name());
  write(tx, ctx, after.id(), "assigned", details);
}

void write_moved(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                 const v1::Task& after, const std::string& comment) {
  const bool cancelled = after.status() == v1::TASK_STATUS_CANCELLED;
  Details details;
  details.add_text("from", tail(before.status()));
  details.add_text("to", tail(after.status()));
  details.add_text(cancelled ? "reason" : "comment", comment);
  write(tx, ctx, after.id(), "status_changed", details);
}

void write_updated(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                   const v1::Task& after, const std::vector<std::string>& fields) {
  Details changes;
  for (const auto& field : fields) {
    Details change;
    change.add("from", field_json(before, field));
    change.add("to", field_json(after, field));
    changes.add(field, change.done());
  }
  Details details;
  details.add("changes", changes.done());
  write(tx, ctx, after.id(), "updated", details);
}

awaitable<Result<v1::ListTaskHistoryReply>> list_history(
    pg::Transaction& tx, const v1::ListTaskHistoryRequest& request) {
  lists::ListSource source{.columns =
                               "e.id, e.at, e.kind, e.actor_id, u.full_name AS actor_name, "
                               "e.details",
                           .from = "task_events e",
                           .joins =
                               "LEFT JOIN users u ON u.id = CASE WHEN e.actor_id LIKE "
                               "'system:%' THEN NULL ELSE e.actor_id::uuid END",
                           .where = "e.task_id = $1",
                           .params = {request.task_id()},
                           .counted = false};
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await lists::read_page(tx, spec(), asked, std::move(source)));
  v1::ListTaskHistoryReply reply;
  for (const auto& row : page.rows) row.fill(*reply.add_history());
  lists::put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::tasks
