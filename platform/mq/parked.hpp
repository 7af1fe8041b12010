#pragma once

#include <string>

#include "platform/mq/broker.hpp"

namespace bordero::mq {

// The message as it is parked: with the reason, the time, and the queue that it came from.
Message parked_copy(const Message& message, const std::string& queue, const std::string& reason);

}  // namespace bordero::mq
