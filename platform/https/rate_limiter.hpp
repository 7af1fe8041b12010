#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace bordero::https {

// At most so many calls a second under this key, after a burst that was saved up. The key may name
// a person or a chat: it is shown nowhere.
struct Rate {
  std::string key;
  double per_second = 1;
  double burst = 1;
};

// Token buckets by key, first come first served. Threads share one, so that a limit of a bot holds
// for the whole process.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  // How long to wait for one's turn in all buckets: the turn is then taken. Nothing when that is
  // longer than `patience`: then no turn is taken anywhere.
  std::optional<Clock::duration> take(const std::vector<Rate>& rates, Clock::time_point now,
                                      Clock::duration patience);
  std::size_t keys() const;

 private:
  // When the bucket is full again. The bucket is empty when that is `burst` calls ahead.
  std::map<std::string, Clock::time_point, std::less<>> full_at_;
  mutable std::mutex mutex_;

  void forget_full(Clock::time_point now);
};

}  // namespace bordero::https
