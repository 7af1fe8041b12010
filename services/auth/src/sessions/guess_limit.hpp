#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/result.hpp"
#include "platform/redis/client.hpp"

namespace bordero::auth {

// One count of failures: how many are free before waiting begins.
struct Budget {
  std::string key;
  int free = 5;
};

// The wait after so many failures beyond the free ones: doubling to 15 minutes.
std::chrono::milliseconds wait_after(int beyond_free);

// Slows down guessing. Counts live in Redis; without it each process counts for itself, so losing
// Redis never means no limit. What was guessed while others made the account wait is answered
// like any other attempt during the wait, right or wrong: a burst tells no more than its first
// five.
class GuessLimit {
 public:
  explicit GuessLimit(redis::Client& redis) : redis_(redis) {}

  // Before the password is looked at.
  awaitable<Result<void>> check(const std::vector<Budget>& budgets);
  awaitable<Result<void>> failed(const std::vector<Budget>& budgets);
  // A full sign-in forgets the failures.
  awaitable<Result<void>> succeeded(const std::vector<Budget>& budgets);

 private:
  awaitable<Result<void>> run(std::string_view script, const std::vector<Budget>& budgets,
                              int (*fallback)(const std::vector<Budget>&));
  redis::Client& redis_;
};

}  // namespace bordero::auth
