#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

class ClientRpc {
 public:
  ClientRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::ListClientsReply>> list_clients(Context& ctx,
                                                       const v1::ListClientsRequest& request);
  awaitable<Result<v1::Client>> get_client(Context& ctx, const v1::GetClientRequest& request);
  awaitable<Result<v1::Client>> create_client(Context& ctx, const v1::CreateClientRequest& request);
  awaitable<Result<v1::Client>> update_client(Context& ctx, const v1::UpdateClientRequest& request);
  awaitable<Result<v1::Client>> archive_client(Context& ctx,
                                               const v1::ArchiveClientRequest& request);
  awaitable<Result<v1::Client>> restore_client(Context& ctx,
                                               const v1::RestoreClientRequest& request);
  awaitable<Result<v1::FindDuplicatesReply>> find_duplicates(
      Context& ctx, const v1::FindDuplicatesRequest& request);
  awaitable<Result<common::v1::Empty>> mark_distinct(Context& ctx,
                                                     const v1::MarkDistinctRequest& request);
  // Whether the client that a kept answer shows may still be seen.
  awaitable<Result<void>> still_visible(Context& ctx, const std::string& client_id);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&ClientRpc::list_clients, &ClientRpc::get_client, &ClientRpc::create_client,
                      &ClientRpc::update_client, &ClientRpc::archive_client,
                      &ClientRpc::restore_client, &ClientRpc::find_duplicates,
                      &ClientRpc::mark_distinct);
  }

 private:
  awaitable<Result<v1::Client>> set_archived(Context& ctx, const std::string& client_id,
                                             int version, bool archived);

  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::crm
