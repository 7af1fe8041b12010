#include "services/tasks/src/seed/large_rows.hpp"

#include "platform/reminders/wall_clock.hpp"
#include "platform/search/marked_words.hpp"

namespace bordero::tasks {
namespace {

Instant due_of(const large::Task& task) {
  if (task.due_hour >= 0) {
    return wall_clock::instant_at(task.due_on, std::chrono::hours(task.due_hour));
  }
  return wall_clock::instant_at(task.due_on.plus_days(1), std::chrono::minutes(0)) -
         std::chrono::seconds(1);
}

}  // namespace

void LargeRows::add_task(const large::Task& task, const large::Deal& deal) {
  const bool timed = task.due_hour >= 0;
  const std::string due = instant_text(due_of(task));
  const std::string created = task.due_on.plus_days(-7).str() + " 10:00:00";
  const Date moved_on = std::min(task.due_on, today_);
  const std::string moved =
      task.status == "new" || moved_on != task.due_on ? created : moved_on.str() + " 10:00:00";
  tasks_.plain(task.id).plain(task.code).text(task.subject);
  tasks_.optional(task.of_deal ? deal.id : "").optional(task.policy_id).optional(task.payment_id);
  tasks_.plain(task.status).plain(task.priority).plain(task.assignee_id).plain(task.author_id);
  tasks_.optional(timed ? "" : task.due_on.str()).optional(timed ? due : "").plain(due);
  tasks_.plain(task.remind_days > 0 ? "[{\"days\": " + std::to_string(task.remind_days) + "}]"
                                    : "[]");
  tasks_.text(task.status == "done" ? "Сделано" : "");
  tasks_.text(task.status == "cancelled" ? "Больше не нужно" : "");
  tasks_.plain(created).plain(created).plain(moved).plain(moved).end_row();

  const auto people = task.people();
  for (const auto& user_id : people) {
    task_access_.plain(task.id).plain(user_id).flag(task.open()).plain(due).end_row();
  }
  search::MarkedWords words;
  words.add_number(task.code);
  words.add_words(task.subject);
  task_search_.plain(task.id).words(words.list()).ids(people).end_row();
}

void LargeRows::tell(const large::Task& task) {
  if (!task.open()) return;
  std::vector<int> offsets = {0};
  if (task.remind_days > 0) offsets.push_back(-task.remind_days);
  demo::add_told(fired_, "task_due", task.id, task.due_on, offsets, today_);
  demo::add_told(fired_, "task_overdue", task.id, task.due_on, {1}, today_);
}

void LargeRows::add(const large::DealFile& file) {
  deals_.add(file.deal);
  for (const auto& task : file.tasks) {
    add_task(task, file.deal);
    tell(task);
  }
}

std::vector<demo::CopyTarget> LargeRows::targets() {
  auto targets = deals_.targets();
  targets.push_back(
      {"tasks (id, number, subject, deal_id, policy_id, payment_id, status, priority, "
       "assignee_id, author_id, due_on, due_at, due, reminders, result_comment, "
       "cancel_reason, due_known_at, created_at, updated_at, status_changed_at)",
       &tasks_});
  targets.push_back({"task_access (task_id, user_id, is_open, due)", &task_access_});
  targets.push_back({"task_search (task_id, words, users)", &task_search_});
  targets.push_back({demo::kFiredColumns, &fired_});
  return targets;
}

}  // namespace bordero::tasks
