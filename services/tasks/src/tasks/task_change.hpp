#pragma once

#include <string>

#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// Makes a task with a number of its own, tells it and gives it as it is stored. Id, number and
// times are set here; one that repeats begins a series.
awaitable<StoredTask> make_task(pg::Transaction& tx, const Context& ctx, const v1::Task& wanted);
// Saves what `after` says of a locked task, and tells what changed: an assignee, a status with its
// words, anything else; nothing when nothing did. Done ones of a series bring the next.
awaitable<StoredTask> change_task(pg::Transaction& tx, const Context& ctx, const StoredTask& before,
                                  const v1::Task& after);

// The task after this step, which the rules allow.
v1::Task moved(const v1::Task& before, const Transition& transition);
// A new series when the task repeats from now on; the same, or none.
std::optional<Series> series_after(const StoredTask& before, const v1::Task& after);
std::optional<Series> new_series(const v1::Task& task);

// Makes the task of the next date of the series, once; nothing when there is none, or when its deal
// is closed.
awaitable<void> make_next_of_series(pg::Transaction& tx, const Context& ctx,
                                    const StoredTask& last);

}  // namespace bordero::tasks
