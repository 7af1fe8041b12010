#pragma once

#include <tuple>

#include "bordero/crm/v1/policies.pb.h"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class RenewalDealRpc {
 public:
  explicit RenewalDealRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::Deal>> open_renewal_deal(Context& ctx,
                                                const v1::OpenRenewalDealRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&RenewalDealRpc::open_renewal_deal); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
