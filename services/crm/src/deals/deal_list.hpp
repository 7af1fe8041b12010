#pragma once

#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

// A page of the deals that the caller may see; with `group_by` also counts over the whole filter.
awaitable<Result<v1::ListDealsReply>> list_page_of_deals(pg::Transaction& tx, const Caller& caller,
                                                         const v1::ListDealsRequest& request);

}  // namespace bordero::crm
