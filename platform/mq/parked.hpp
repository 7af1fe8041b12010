#pragma once

#include <string>

#include "platform/mq/broker.hpp"

namespace bordero::mq {

// The message as it is parked: with the reason and the time.
Message parked_copy(const Message& message, const std::string& reason);

}  // namespace bordero::mq
