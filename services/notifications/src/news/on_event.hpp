#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::notifications {

// Tells people of what the other services publish. `channels` besides the inbox get a delivery
// each. Events are taken once the copies are filled: a person who is not known yet would miss them.
void follow_news(mq::Consumer& consumer, std::vector<std::string> channels);

}  // namespace bordero::notifications
