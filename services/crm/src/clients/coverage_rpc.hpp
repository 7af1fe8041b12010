#pragma once

#include <tuple>

#include "bordero/crm/v1/clients.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class CoverageRpc {
 public:
  explicit CoverageRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListCoverageGapsReply>> list_coverage_gaps(
      Context& ctx, const v1::ListCoverageGapsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&CoverageRpc::list_coverage_gaps); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
