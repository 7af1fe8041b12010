#pragma once

#include <memory>
#include <optional>

#include "platform/pg/database.hpp"
#include "services/notifications/src/delivery/channel.hpp"

namespace bordero::notifications {

constexpr int kMaxAttempts = 8;

// How long to wait after so many failed attempts; nothing when it is given up. From 10 seconds,
// doubling: about 20 minutes in all.
std::optional<std::chrono::seconds> pause_after(int attempts);

// Sends what is due through its channel: the channels side by side, and each as many at once as it
// allows, so that one that is slow or hangs holds up itself alone. Quiet hours hold a delivery back
// until they end; who is blocked gets nothing. A delivery is leased for longer than its send may
// take, so that nobody else sends it meanwhile; after a crash it comes again when the lease ends.
// Clients are named in what is sent only where the agency's settings say so.
class Deliverer {
 public:
  Deliverer(asio::any_io_executor executor, pg::Database& db, const Channels& channels);
  ~Deliverer();  // What is being sent is finished by nobody, as after a crash.

  // Starts to send what is due, unless that is under way.
  void start_due();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::notifications
