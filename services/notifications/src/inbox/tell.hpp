#pragma once

#include <string>
#include <vector>

#include "platform/mq/mq.hpp"
#include "services/notifications/src/news/news.hpp"

namespace bordero::notifications {

// The channel that always takes everything: to stand in the list is to be delivered.
inline constexpr const char* kInbox = "inbox";

// What made it news: each person hears of one event once.
struct Cause {
  std::string event_id;
  std::string actor_id;  // Empty for rules and the clock.
};
Cause cause_of(const mq::Event& event);

// Tells the recipients who are active, see the deal and did not do it themselves, each once per
// event, in one statement; publishes to each. Gives how many were told.
awaitable<int> tell(pg::Transaction& tx, Context& ctx, const News& news, const Cause& cause,
                    const std::vector<std::string>& channels);

// The roles that see every deal, by the policy table.
const std::vector<std::string>& roles_that_see_all_deals();

}  // namespace bordero::notifications
