#pragma once

#include <tuple>

#include "bordero/common/v1/common.pb.h"
#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"

namespace bordero::payments {

class AccessRpc {
 public:
  AccessRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  // Whether the caller may see a payment or a commission rule, so that Audit shows its history.
  awaitable<Result<common::v1::CheckAccessReply>> check_access(
      Context& ctx, const common::v1::CheckAccessRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&AccessRpc::check_access); }

 private:
  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::payments
