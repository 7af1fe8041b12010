#pragma once

#include <string>
#include <vector>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/policy/policy.hpp"
#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"

// The copy of deals and of who sees them (deals.sql, client_names.sql), for services whose records
// belong to deals.
namespace bordero::projection {

// Takes a newer version of a deal with its team; false when ours is as new.
awaitable<bool> keep_deal(pg::Transaction& tx, const crm::v1::Deal& deal);
// The owner's own word: takes it also where ours is as new, client's name and team included.
awaitable<void> take_deal(pg::Transaction& tx, const crm::v1::Deal& deal);
// The deal after the change that a crm.deal.* event tells.
Result<crm::v1::Deal> deal_in(const mq::Event& event);
// The newest name of a client: of its deals, and against the older ones that their events may tell.
awaitable<Result<void>> on_client(pg::Transaction& tx, Context& ctx, const mq::Event& event);
// Follows crm.deal.* and the clients' names. Call it before handlers that read the copy.
void follow_deals(mq::Consumer& consumer);
// Takes all deals from CRM, once; goes on where it was interrupted.
awaitable<Result<void>> import_deals(pg::Database& db, rpc::Peers& peers, const char* service);

// The people who see a deal besides the roles that see all: the audience of events about it.
awaitable<std::vector<std::string>> people_of(pg::Transaction& tx, const std::string& deal_id);

// Deals that the caller left lately, as CRM notes them in Redis before it answers;
// unavailable("rights_not_known") when Redis does not.
awaitable<Result<std::vector<std::string>>> left_deals(redis::Client& redis, const Caller& caller);
// The same deals hide what the copy may still show while the broker is late. None when Redis does
// not answer: the copy itself is what is known then.
awaitable<std::vector<std::string>> just_left(redis::Client& redis, const Caller& caller);

}  // namespace bordero::projection
