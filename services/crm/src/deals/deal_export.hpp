#pragma once

#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// Up to 500 deals with their teams after this id, or from the first.
awaitable<v1::ExportDealsReply> export_deals_after(pg::Transaction& tx,
                                                   std::optional<Id<Deal>> after);

}  // namespace bordero::crm
