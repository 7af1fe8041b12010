#pragma once

#include <array>
#include <chrono>
#include <optional>

namespace bordero::https {

// Stops calls to a host of which half fail, and lets one through after a while to see.
class Breaker {
 public:
  using Clock = std::chrono::steady_clock;

  // A call that was let through; the one that tries whether the host is back is a probe.
  struct Permit {
    bool probe = false;
  };
  // Nothing: the call is not to be made now. A permit is given back by one of the three below.
  std::optional<Permit> admit(Clock::time_point now);
  void succeeded(Permit permit, Clock::time_point now) { ended(permit, now, false); }
  void failed(Permit permit, Clock::time_point now) { ended(permit, now, true); }
  void abandoned(Permit permit);  // It ended without telling anything about the host.

  bool open() const { return open_until_ != Clock::time_point{}; }
  // Nothing would be lost by forgetting it.
  bool idle(Clock::time_point now) const;
  Clock::duration time_left(Clock::time_point now) const { return open_until_ - now; }

 private:
  struct Second {
    Clock::rep at = 0;
    int calls = 0;
    int failures = 0;
  };
  std::array<Second, 10> seconds_{};
  Clock::time_point open_until_{};
  Clock::time_point last_{};
  bool probing_ = false;

  void ended(Permit permit, Clock::time_point now, bool failure);
};

// At most a tenth of the calls may be repeats, so that an ailing host is not pushed over.
class RepeatBudget {
 public:
  void called() { saved_ = saved_ < kMost ? saved_ + 0.1 : kMost; }
  bool spend();

 private:
  static constexpr double kMost = 10;
  double saved_ = kMost;
};

}  // namespace bordero::https
