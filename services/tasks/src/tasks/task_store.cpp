#include "services/tasks/src/tasks/task_store.hpp"

#include "platform/json/list.hpp"
#include "platform/search/marked_words.hpp"
#include "services/tasks/src/tasks/task_row.hpp"

namespace bordero::tasks {
namespace {

awaitable<std::vector<StoredTask>> view_tasks(pg::Transaction& tx,
                                              const std::vector<std::string>& ids) {
  static const std::string sql = std::string("SELECT ") + kTaskColumns + " FROM tasks t " +
                                 kTaskJoins + " WHERE t.id = ANY($1::uuid[]) ORDER BY t.id";
  const auto rows = co_await tx.query(sql, ids);
  std::vector<StoredTask> tasks;
  for (const auto& row : rows) tasks.push_back(stored_of(row));
  co_return tasks;
}

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}
std::optional<std::string> recurrence_json(const v1::Task& task) {
  if (!task.has_recurrence()) return std::nullopt;
  return json::text(task.recurrence());
}
std::optional<std::string> series_id(const std::optional<Series>& series) {
  if (!series) return std::nullopt;
  return series->id;
}
std::optional<Date> series_first(const std::optional<Series>& series) {
  if (!series) return std::nullopt;
  return series->first;
}
std::optional<Date> series_on(const std::optional<Series>& series) {
  if (!series) return std::nullopt;
  return series->on;
}

bool same_due(const v1::Task& one, const v1::Task& other) {
  return due_instant(one) == due_instant(other);
}

}  // namespace

Task rule_view(const StoredTask& stored) {
  return {.status = stored.view.status(),
          .author_id = stored.view.author_id(),
          .assignee_id = stored.view.assignee_id(),
          .lead_agent_id = stored.view.lead_agent_id(),
          .author_left = stored.author_left};
}

awaitable<std::optional<StoredTask>> find_task(pg::Transaction& tx, const std::string& id) {
  const std::vector<std::string> ids = {id};
  auto tasks = co_await view_tasks(tx, ids);
  if (tasks.empty()) co_return std::nullopt;
  co_return std::move(tasks.front());
}

awaitable<std::optional<StoredTask>> lock_task(pg::Transaction& tx, const std::string& id) {
  const std::vector<std::string> ids = {id};
  auto tasks = co_await lock_tasks(tx, ids);
  if (tasks.empty()) co_return std::nullopt;
  co_return std::move(tasks.front());
}

// Deals before tasks, the order of who changes a deal's team. The view is a statement of its own,
// so that it sees what the earlier holder committed.
awaitable<std::vector<StoredTask>> lock_tasks(pg::Transaction& tx,
                                              const std::vector<std::string>& ids) {
  tx.execute(R"sql(
      SELECT FROM deals
       WHERE id IN (SELECT deal_id FROM tasks WHERE id = ANY($1::uuid[]))
       ORDER BY id
         FOR SHARE)sql",
             ids);
  tx.execute("SELECT FROM tasks WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", ids);
  co_return co_await view_tasks(tx, ids);
}

void insert_task(pg::Transaction& tx, const v1::Task& task, const std::optional<Series>& series) {
  tx.execute(R"sql(
      INSERT INTO tasks (id, number, subject, description, deal_id, policy_id, payment_id, status,
                         priority, assignee_id, author_id, due_on, due_at, due, reminders, rule,
                         recurrence, series_id, series_first, series_on, due_known_at, created_at,
                         updated_at, status_changed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21, $21, $21, $21))sql",
             task.id(), task.number(), task.subject(), task.description(),
             optional_text(task.deal_id()), optional_text(task.policy_id()),
             optional_text(task.payment_id()), task.status(), task.priority(), task.assignee_id(),
             optional_text(task.author_id()), Date::parse(task.due_on()),
             parse_instant(task.due_at()), due_instant(task), json::list_text(task.reminders()),
             task.rule(), recurrence_json(task), series_id(series), series_first(series),
             series_on(series), clock::now());
  save_task_words(tx, task);
}

void save_task(pg::Transaction& tx, const v1::Task& before, const v1::Task& after,
               const std::optional<Series>& series) {
  tx.execute(R"sql(
      UPDATE tasks
         SET subject = $2, description = $3, status = $4, priority = $5, assignee_id = $6,
             due_on = $7, due_at = $8, due = $9, reminders = $10, result_comment = $11,
             return_comment = $12, cancel_reason = $13, recurrence = $14, series_id = $15,
             series_first = $16, series_on = $17,
             due_known_at = CASE WHEN $18 THEN due_known_at ELSE $19 END,
             status_changed_at = CASE WHEN status = $4 THEN status_changed_at ELSE $19 END,
             updated_at = $19, version = version + 1
       WHERE id = $1)sql",
             after.id(), after.subject(), after.description(), after.status(), after.priority(),
             after.assignee_id(), Date::parse(after.due_on()), parse_instant(after.due_at()),
             due_instant(after), json::list_text(after.reminders()), after.result_comment(),
             after.return_comment(), after.cancel_reason(), recurrence_json(after),
             series_id(series), series_first(series), series_on(series), same_due(before, after),
             clock::now());
  if (before.subject() != after.subject()) save_task_words(tx, after);
}

void save_task_words(pg::Transaction& tx, const v1::Task& task) {
  search::MarkedWords words;
  words.add_number(task.number());
  words.add_words(task.subject());
  tx.execute(R"sql(
      INSERT INTO task_search (task_id, words, users)
      SELECT $1::uuid, array_to_tsvector($2::text[]),
             coalesce((SELECT array_agg(user_id) FROM task_access WHERE task_id = $1::uuid), '{}')
      ON CONFLICT (task_id) DO UPDATE SET words = EXCLUDED.words)sql",
             task.id(), words.list());
}

awaitable<std::string> next_task_number(pg::Transaction& tx) {
  const int year = clock::today().year();
  const auto row = co_await tx.find_one("SELECT next_task_number($1) AS number", year);
  co_return row->get<std::string>("number");
}

}  // namespace bordero::tasks
