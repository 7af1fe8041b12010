#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// Many deals in one transaction, where each is changed or refused for itself.
class DealBatchRpc {
 public:
  DealBatchRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::BatchDealsReply>> batch_deals(Context& ctx,
                                                     const v1::BatchDealsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&DealBatchRpc::batch_deals); }

 private:
  struct Changed;
  awaitable<Result<Changed>> change(Context& ctx, pg::Transaction& tx, const v1::BatchDeal& item);

  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::crm
