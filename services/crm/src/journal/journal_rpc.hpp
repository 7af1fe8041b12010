#pragma once

#include <tuple>

#include "bordero/crm/v1/journal.pb.h"
#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

class JournalRpc {
 public:
  explicit JournalRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListJournalReply>> list_journal(Context& ctx,
                                                       const v1::ListJournalRequest& request);
  awaitable<Result<v1::JournalEntry>> add_entry(Context& ctx,
                                                const v1::AddJournalEntryRequest& request);
  awaitable<Result<v1::JournalEntry>> update_entry(Context& ctx,
                                                   const v1::UpdateJournalEntryRequest& request);
  awaitable<Result<v1::ListTimelineReply>> list_timeline(Context& ctx,
                                                         const v1::ListTimelineRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&JournalRpc::list_journal, &JournalRpc::add_entry, &JournalRpc::update_entry,
                      &JournalRpc::list_timeline);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::crm
