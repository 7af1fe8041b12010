#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "services/auth/src/sessions/guess_limit.hpp"

namespace bordero::auth {

// The counts of one process, for the time that Redis is away. Bounded: what was touched longest ago
// goes first.
class LocalFailures {
 public:
  using Clock = std::chrono::steady_clock;
  explicit LocalFailures(std::size_t capacity) : capacity_(capacity) {}

  // Each answers the milliseconds left to wait, 0 when there are none.
  int wait_ms(const std::vector<Budget>& budgets, Clock::time_point now = Clock::now());
  int add(const std::vector<Budget>& budgets, Clock::time_point now = Clock::now());
  int forget(const std::vector<Budget>& budgets, Clock::time_point now = Clock::now());

  static LocalFailures& shared();  // Of all worker threads.

 private:
  struct Count {
    int failures = 0;
    Clock::time_point waits_until{};
    Clock::time_point touched_at{};
  };
  int longest_wait(const std::vector<Budget>& budgets, Clock::time_point now) const;
  void make_room();

  std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;
  std::size_t capacity_;
};

}  // namespace bordero::auth
