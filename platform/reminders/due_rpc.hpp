#pragma once

#include <tuple>

#include "bordero/common/v1/due.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::reminders {

// Counts what waits for these people on a day: rows of user_id, kind, count and overdue.
using CountDue = awaitable<pg::Rows> (*)(pg::Transaction& tx,
                                         const std::vector<std::string>& people, Date on);

// A service's part of morning summaries; asked by Notifications alone.
class DueRpc {
 public:
  DueRpc(pg::Database& db, CountDue count) : db_(db), count_(count) {}
  awaitable<Result<common::v1::CountDueReply>> count(Context& ctx,
                                                     const common::v1::CountDueRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&DueRpc::count); }

 private:
  pg::Database& db_;
  CountDue count_;
};

}  // namespace bordero::reminders
