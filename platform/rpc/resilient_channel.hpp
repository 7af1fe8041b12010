#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "platform/rpc/channel.hpp"

namespace bordero::rpc {

struct Patience {
  int repeats = 2;  // After the first try.
  std::chrono::milliseconds least_pause{50};
  std::chrono::milliseconds most_pause{1'000};
  double budget = 0.1;            // Repeats for each call, in the long run.
  double budget_at_once = 10;     // How many may be saved up.
  std::size_t judged_calls = 20;  // So many, of the last ten seconds, open the breaker
  std::chrono::milliseconds judged_time{10'000};  // when half of them failed.
  std::chrono::milliseconds open_time{5'000};     // Then one call tries again.
};

// Opens when half of the last calls failed, and lets one call through to find out whether that has
// passed. Of one worker thread.
class Breaker {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Breaker(const Patience& patience) : patience_(patience) {}

  // Whether a call may be made now; who may make it tells how it went.
  bool admits(Clock::time_point now);
  void tell(bool failed, Clock::time_point now);
  bool open() const { return open_; }

 private:
  struct Told {
    Clock::time_point at;
    bool failed;
  };

  const Patience patience_;
  std::deque<Told> told_;
  bool open_ = false;
  bool probing_ = false;
  Clock::time_point probe_at_{};
};

// Asks `inner`, which leads to `service` in another process. A call that changes nothing, or does
// so once under its idempotency key, is repeated when it got no answer; nothing is asked while the
// breaker is open. A service that changes something elsewhere gets a key made before its first try.
std::unique_ptr<Channel> resilient_channel(std::unique_ptr<Channel> inner,
                                           const std::string& service,
                                           const Patience& patience = {});

}  // namespace bordero::rpc
