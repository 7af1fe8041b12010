#pragma once

#include <tuple>

#include "bordero/crm/v1/search.pb.h"
#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"

namespace bordero::payments {

// The payments of the joined search.
class SearchRpc {
 public:
  SearchRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}
  awaitable<Result<crm::v1::SearchReply>> search(Context& ctx,
                                                 const crm::v1::SearchRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&SearchRpc::search); }

 private:
  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::payments
