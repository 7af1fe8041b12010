#pragma once

#include <optional>
#include <string>

#include "bordero/crm/v1/deals.pb.h"
#include "bordero/tasks/v1/tasks.pb.h"
#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::tasks {

// What a task is about. The copy of deals follows events, so what it does not show yet is asked of
// CRM: `fresh` is to be kept before the rules look.
struct Place {
  std::string deal_id;
  std::optional<crm::v1::Deal> fresh;
};

// Says which deal a task belongs to, and who may have it.
class DealDesk {
 public:
  DealDesk(pg::Database& db, redis::Client& redis, rpc::Peers& peers)
      : db_(db), redis_(redis), peers_(peers) {}

  // Follows policy and payment to their deal. Asks other services, so it comes before `begin`.
  awaitable<Result<Place>> place_of(Context& ctx, const v1::Task& task);
  // Whether the caller left the task's deal a moment ago.
  awaitable<bool> just_left(const Caller& caller, const std::string& deal_id);

 private:
  awaitable<Result<std::string>> deal_of_links(Context& ctx, const v1::Task& task);
  awaitable<Result<bool>> copy_is_enough(Context& ctx, const std::string& deal_id,
                                         const std::string& assignee_id);

  pg::Database& db_;
  redis::Client& redis_;
  rpc::Peers& peers_;
};

// Holds the deal's team as it is and checks that the caller sees the deal and that it is open.
awaitable<Result<void>> enter_deal(pg::Transaction& tx, const Caller& caller, const Place& place);
// An assignee is an active colleague and sees the task's deal.
awaitable<Result<void>> check_assignee(pg::Transaction& tx, const std::string& deal_id,
                                       const std::string& assignee_id);

}  // namespace bordero::tasks
