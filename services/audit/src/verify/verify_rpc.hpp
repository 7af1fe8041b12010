#pragma once

#include <tuple>

#include "bordero/audit/v1/audit.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::audit {

class VerifyRpc {
 public:
  VerifyRpc(pg::Database& db, std::string public_key)
      : db_(db), public_key_(std::move(public_key)) {}
  // A small log is checked at once; of a large one, the newest pass of the job is told.
  awaitable<Result<v1::VerifyReply>> verify(Context& ctx, const v1::VerifyRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&VerifyRpc::verify); }

 private:
  pg::Database& db_;
  std::string public_key_;
};

}  // namespace bordero::audit
