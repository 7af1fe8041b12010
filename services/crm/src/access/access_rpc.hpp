#pragma once

#include <tuple>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class AccessRpc {
 public:
  explicit AccessRpc(pg::Database& db) : db_(db) {}

  // Whether the caller may see a client, deal, journal entry or insurer, so that Audit shows its
  // history.
  awaitable<Result<common::v1::CheckAccessReply>> check_access(
      Context& ctx, const common::v1::CheckAccessRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&AccessRpc::check_access); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
