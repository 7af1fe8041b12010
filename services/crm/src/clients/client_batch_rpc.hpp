#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

// Many clients in one transaction, where each is changed or refused for itself.
class ClientBatchRpc {
 public:
  ClientBatchRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::BatchClientsReply>> batch_clients(Context& ctx,
                                                         const v1::BatchClientsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&ClientBatchRpc::batch_clients); }

 private:
  struct Changed;
  awaitable<Result<Changed>> change(Context& ctx, pg::Transaction& tx, const v1::BatchClient& item);

  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::crm
