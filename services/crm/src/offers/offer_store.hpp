#pragma once

#include "platform/lists/list_query.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/offers/offer.hpp"

namespace bordero::crm {

// The number of the deal's next offer; the deal is locked, so that nobody takes the same.
awaitable<int> next_offer(pg::Transaction& tx, const std::string& deal_id);
void insert_offer(pg::Transaction& tx, const v1::Offer& offer, int ordinal);  // Queued.
awaitable<Result<v1::Offer>> find_offer(pg::Transaction& tx, Id<Offer> id);
awaitable<Result<v1::ListOffersReply>> offers_page(pg::Transaction& tx, const std::string& deal_id,
                                                   const lists::Request& request);

}  // namespace bordero::crm
