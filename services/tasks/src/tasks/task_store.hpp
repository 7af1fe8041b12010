#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"
#include "services/tasks/src/tasks/task.hpp"

namespace bordero::tasks {

// The series that a recurring task belongs to.
struct Series {
  std::string id;
  Date first;  // Where it began: its dates count from here.
  Date on;     // This task's own date in it.
};

// A task as it is stored, and who sees it.
struct StoredTask {
  v1::Task view;
  std::vector<std::string> people;  // Assignee, author and lead, as far as they see it.
  bool author_left = false;
  std::optional<Series> series;
};
Task rule_view(const StoredTask& stored);

awaitable<std::optional<StoredTask>> find_task(pg::Transaction& tx, const std::string& id);
// Holds the task's row and its deal until the transaction ends, so that nobody leaves meanwhile.
awaitable<std::optional<StoredTask>> lock_task(pg::Transaction& tx, const std::string& id);
// The same of several, in the order of their ids; what is not there is left out.
awaitable<std::vector<StoredTask>> lock_tasks(pg::Transaction& tx,
                                              const std::vector<std::string>& ids);

// Queued: all that people set, what follows from it, and with a save the next version.
void insert_task(pg::Transaction& tx, const v1::Task& task, const std::optional<Series>& series);
void save_task(pg::Transaction& tx, const v1::Task& before, const v1::Task& after,
               const std::optional<Series>& series);
void save_task_words(pg::Transaction& tx, const v1::Task& task);
awaitable<std::string> next_task_number(pg::Transaction& tx);

}  // namespace bordero::tasks
