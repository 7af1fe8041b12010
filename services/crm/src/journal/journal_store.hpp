#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/journal.pb.h"
#include "platform/base/uuid.hpp"
#include "platform/lists/list_page.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal.hpp"
#include "services/crm/src/journal/journal.hpp"

namespace bordero::crm {

void insert_entry(pg::Transaction& tx, const v1::JournalEntry& entry);
// Queued; keeps the earlier text beside the new one when the rule says so.
void save_entry(pg::Transaction& tx, const v1::JournalEntry& entry, bool keep_earlier);
// Holds the entry's row until the transaction ends.
awaitable<Result<v1::JournalEntry>> lock_entry(pg::Transaction& tx, Id<Deal> deal,
                                               Id<JournalEntry> id);
awaitable<v1::JournalEntry> view_entry(pg::Transaction& tx, Id<JournalEntry> id);
awaitable<std::vector<v1::JournalEntry>> list_entries(pg::Transaction& tx,
                                                      const std::vector<std::string>& ids);
awaitable<Result<lists::ListPage>> journal_page(pg::Transaction& tx, Id<Deal> deal,
                                                const lists::Request& request);
// The deal of an entry, for who asks by the entry alone.
awaitable<Result<Id<Deal>>> deal_of_entry(pg::Transaction& tx, Id<JournalEntry> id);

// The time of the database that the transaction began at.
awaitable<Instant> now_of(pg::Transaction& tx);

}  // namespace bordero::crm
