#pragma once

#include <tuple>
#include <vector>

#include "platform/pg/database.hpp"
#include "platform/reminders/rule.hpp"

namespace bordero::reminders {

// The dry run of a service's rules: what would fire, were nothing to change until then. The service
// declares the joined route GET /api/v1/reminders and adds list_reminders as its handler.
class ReminderRpc {
 public:
  ReminderRpc(pg::Database& db, std::vector<Rule> rules) : db_(db), rules_(std::move(rules)) {}

  awaitable<Result<common::v1::ListRemindersReply>> list_reminders(
      Context& context, const common::v1::ListRemindersRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&ReminderRpc::list_reminders); }

 private:
  pg::Database& db_;
  std::vector<Rule> rules_;
};

}  // namespace bordero::reminders
