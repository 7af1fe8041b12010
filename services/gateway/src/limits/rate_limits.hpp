#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

namespace bordero::gateway {

// Token buckets by user or address, shared by the worker threads of this process. The buckets that
// were used longest ago give way when there are too many: theirs are full again by then.
class RateLimits {
 public:
  using Clock = std::chrono::steady_clock;
  struct Verdict {
    bool allowed = true;
    int remaining = 0;
    int retry_after_s = 0;
    int reset_s = 0;  // Until the bucket is full again.
  };

  RateLimits(double rate, double burst, std::size_t max_keys = 100'000)
      : rate_(rate), burst_(burst), max_keys_(max_keys) {}
  Verdict take(const std::string& key, Clock::time_point now = Clock::now());
  // Whether a request would pass now; takes nothing.
  Verdict look(const std::string& key, Clock::time_point now = Clock::now());
  int burst() const { return static_cast<int>(burst_); }

 private:
  struct Bucket {
    std::string key;
    double tokens;
    Clock::time_point filled_at;
  };
  Bucket& bucket_of(const std::string& key, Clock::time_point now);
  Verdict verdict_of(const Bucket& bucket, bool allowed) const;

  const double rate_;
  const double burst_;
  const std::size_t max_keys_;
  std::mutex mutex_;
  std::list<Bucket> recent_;  // The last used first.
  std::unordered_map<std::string, std::list<Bucket>::iterator> by_key_;
};

}  // namespace bordero::gateway
