#pragma once

#include <tuple>

#include "bordero/crm/v1/search.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::crm {

class SearchRpc {
 public:
  explicit SearchRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::SearchReply>> search(Context& ctx, const v1::SearchRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&SearchRpc::search); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
