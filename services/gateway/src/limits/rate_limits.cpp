#include "services/gateway/src/limits/rate_limits.hpp"

#include <algorithm>
#include <cmath>

namespace bordero::gateway {
namespace {

// Fractions that were added up fall short of the whole by a hair.
constexpr double kWhole = 1 - 1e-6;

}  // namespace

RateLimits::Bucket& RateLimits::bucket_of(const std::string& key, Clock::time_point now) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    recent_.splice(recent_.begin(), recent_, found->second);
    Bucket& bucket = recent_.front();
    const double passed = std::chrono::duration<double>(now - bucket.filled_at).count();
    bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, passed) * rate_);
    bucket.filled_at = now;
    return bucket;
  }
  if (by_key_.size() >= max_keys_) {
    by_key_.erase(recent_.back().key);
    recent_.pop_back();
  }
  recent_.push_front({key, burst_, now});
  by_key_.emplace(key, recent_.begin());
  return recent_.front();
}

RateLimits::Verdict RateLimits::verdict_of(const Bucket& bucket, bool allowed) const {
  Verdict verdict{.allowed = allowed};
  verdict.remaining = static_cast<int>(bucket.tokens);
  verdict.reset_s = static_cast<int>(std::ceil((burst_ - bucket.tokens) / rate_));
  if (!allowed) {
    verdict.retry_after_s = std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / rate_)));
  }
  return verdict;
}

RateLimits::Verdict RateLimits::take(const std::string& key, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(key, now);
  const bool allowed = bucket.tokens >= kWhole;
  if (allowed) bucket.tokens = std::max(0.0, bucket.tokens - 1);
  return verdict_of(bucket, allowed);
}

RateLimits::Verdict RateLimits::look(const std::string& key, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const Bucket& bucket = bucket_of(key, now);
  return verdict_of(bucket, bucket.tokens >= kWhole);
}

}  // namespace bordero::gateway
