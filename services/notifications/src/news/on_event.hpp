#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::notifications {

// Tells people of what the other services publish. `channels` besides the inbox get a delivery
// each. While `copies_filled` says no, events wait: a person who is not known yet would miss them.
void follow_news(mq::Consumer& consumer, std::vector<std::string> channels,
                 std::function<bool()> copies_filled);

}  // namespace bordero::notifications
