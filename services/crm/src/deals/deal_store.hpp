#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/deals/deal_view.hpp"
#include "services/crm/src/deals/team.hpp"
#include "services/crm/src/users/user.hpp"

namespace bordero::crm {

awaitable<Result<SeenDeal>> find_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller);
// Holds the deal's row until the transaction ends, then reads it and the caller's relation to it.
awaitable<Result<SeenDeal>> lock_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller);
// The same, letting others who only read and write notes in.
awaitable<Result<SeenDeal>> share_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller);
awaitable<v1::Deal> view_deal(pg::Transaction& tx, Id<Deal> id);

// Queued: all that people set, the deadline that follows from it, and the next version.
void insert_deal(pg::Transaction& tx, const v1::Deal& deal);
void save_deal(pg::Transaction& tx, const v1::Deal& deal);
void save_team(pg::Transaction& tx, const v1::Deal& deal, const Team& before, const Team& after);
void save_deal_words(pg::Transaction& tx, const v1::Deal& deal);

awaitable<std::string> next_deal_number(pg::Transaction& tx, int year);
// Deals whose words hold the client's name.
awaitable<std::vector<v1::Deal>> list_deals_of_client(pg::Transaction& tx,
                                                      const std::string& client_id);
// Deals with nothing but their members: who hears of what happens in them.
awaitable<std::vector<v1::Deal>> list_deal_teams(pg::Transaction& tx,
                                                 const std::vector<std::string>& ids);
// Deals that the user leads or works in; locks each in the order of their ids.
awaitable<std::vector<Id<Deal>>> lock_deals_of_user(pg::Transaction& tx, Id<User> user, int limit);

}  // namespace bordero::crm
