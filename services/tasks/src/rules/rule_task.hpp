#pragma once

#include <string>
#include <vector>

#include "services/tasks/src/tasks/task_store.hpp"

namespace bordero::tasks {

// A task that a rule asks for.
struct RuleTask {
  std::string subject_id;  // The record that it is about.
  std::string occasion;    // What makes it this time's and no other's.
  v1::Task task;           // With its rule; the assignee is settled here.
  std::string line;        // What a later occasion adds to the open task of an earlier one.
};

// Makes the task, once for a rule, subject and occasion. While an open task of an earlier occasion
// is there, that one gets the line and high priority instead. Of the candidates the first takes it
// who works here and sees the deal; the deal's lead stands behind them.
awaitable<void> make_rule_task(pg::Transaction& tx, const Context& ctx, const RuleTask& asked,
                               std::vector<std::string> candidates);

}  // namespace bordero::tasks
