#pragma once

#include <tuple>

#include "bordero/audit/v1/audit.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::audit {

class HeadRpc {
 public:
  explicit HeadRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::SignedHead>> get_head(Context& ctx, const v1::GetHeadRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&HeadRpc::get_head); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::audit
