#pragma once

#include <string>
#include <vector>

#include "platform/mq/broker.hpp"

// What a consumer needs on the broker. Every name begins with the service's, which is all that its
// user may touch besides bordero.events.
namespace bordero::mq {

inline std::string queue_of(const std::string& service) { return service + ".events"; }
// A queue, and the exchange in front of it.
inline std::string parking_of(const std::string& service) { return service + ".dead"; }
// The exchange that leads parked events back into the service's own queue alone.
inline std::string replay_of(const std::string& service) { return service + ".replay"; }

void declare_events(Broker& broker);
void declare_parking(Broker& broker, const std::string& service);
// Throws OtherArguments when the queue was made with another limit.
void declare_queues(Broker& broker, const std::string& service, int delivery_limit);
void bind_consumer(Broker& broker, const std::string& service,
                   const std::vector<std::string>& patterns);

}  // namespace bordero::mq
