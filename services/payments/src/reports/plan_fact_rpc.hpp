#pragma once

#include <tuple>

#include "bordero/payments/v1/payments.pb.h"
#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"

namespace bordero::payments {

class PlanFactRpc {
 public:
  PlanFactRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::PlanFact>> get_plan_fact(Context& ctx,
                                                const v1::GetPlanFactRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&PlanFactRpc::get_plan_fact); }

 private:
  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::payments
