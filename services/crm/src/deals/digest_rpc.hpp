#pragma once

#include <tuple>

#include "bordero/common/v1/background.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// What copies of deals are compared with.
class DigestRpc {
 public:
  explicit DigestRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<common::v1::DigestReply>> digest_deals(Context& ctx,
                                                          const common::v1::DigestRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&DigestRpc::digest_deals); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
