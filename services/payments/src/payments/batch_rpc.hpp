#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

class BatchRpc {
 public:
  BatchRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  // Moves many payments one step in one transaction; each item that may not is told why, and does
  // not stop the others.
  awaitable<Result<v1::BatchPaymentsReply>> batch_payments(Context& ctx,
                                                           const v1::BatchPaymentsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&BatchRpc::batch_payments); }

 private:
  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::payments
