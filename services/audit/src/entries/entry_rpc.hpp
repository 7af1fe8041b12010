#pragma once

#include <tuple>

#include "bordero/audit/v1/audit.pb.h"
#include "platform/pg/database.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::audit {

class EntryRpc {
 public:
  EntryRpc(pg::Database& db, rpc::Peers& peers) : db_(db), peers_(peers) {}

  awaitable<Result<v1::ListEntriesReply>> list_entries(Context& ctx,
                                                       const v1::ListEntriesRequest& request);
  awaitable<Result<v1::GetHistoryReply>> get_history(Context& ctx,
                                                     const v1::GetHistoryRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&EntryRpc::list_entries, &EntryRpc::get_history); }

 private:
  // Whether the caller may see the record that the history is about; its owner decides.
  awaitable<Result<void>> require_visible(const Context& ctx, pg::Transaction& tx,
                                          const v1::GetHistoryRequest& request);

  pg::Database& db_;
  rpc::Peers& peers_;
};

}  // namespace bordero::audit
