#pragma once

#include <string>
#include <vector>

#include "platform/mq/broker.hpp"

// What a consumer needs on the broker. Every name begins with the service's, which is all that its
// user may touch besides bordero.events.
namespace bordero::mq {

inline std::string queue_of(const std::string& service) { return service + ".events"; }
inline std::string commands_of(const std::string& service) { return service + ".commands"; }
// A queue, and the exchange in front of it.
inline std::string parking_of(const std::string& service) { return service + ".dead"; }
// The exchange that leads parked events back into the service's own queue alone.
inline std::string replay_of(const std::string& service) { return service + ".replay"; }
// The exchange in front of a named queue. Who may write to the default exchange may write to every
// queue; an exchange of its own lets the broker say who may write to this one.
inline std::string inlet_of(const std::string& queue) { return queue + ".in"; }

void declare_events(Broker& broker);
void declare_inlet(Broker& broker, const std::string& queue);
void declare_parking(Broker& broker, const std::string& service);
// Throws OtherArguments when the queue was made with another limit.
void declare_queues(Broker& broker, const std::string& service, const std::string& queue,
                    int delivery_limit);
// Leads the events of these patterns to the service's queue of events.
void bind_events(Broker& broker, const std::string& service,
                 const std::vector<std::string>& patterns);
// Leads what is sent to a named queue there.
void bind_inlet(Broker& broker, const std::string& queue);

}  // namespace bordero::mq
