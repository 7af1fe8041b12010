#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/journal.pb.h"
#include "platform/lists/list_query.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal.hpp"

namespace bordero::crm {

// "journal,status_changed" as names; empty is all.
Result<std::vector<std::string>> parse_kinds(const std::string& text);

// Journal entries and what happened, newest first.
awaitable<Result<v1::ListTimelineReply>> timeline_page(pg::Transaction& tx, Id<Deal> deal,
                                                       const std::vector<std::string>& kinds,
                                                       const lists::Request& request);

}  // namespace bordero::crm
