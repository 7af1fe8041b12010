#include "platform/https/rate_limiter.hpp"

#include <algorithm>

namespace bordero::https {
namespace {

// A full bucket is as good as none, so only as many are kept as were in use lately.
constexpr std::size_t kForgetAt = 1024;

RateLimiter::Clock::duration seconds(double count) {
  return std::chrono::duration_cast<RateLimiter::Clock::duration>(
      std::chrono::duration<double>(count));
}

}  // namespace

std::optional<RateLimiter::Clock::duration> RateLimiter::take(const std::vector<Rate>& rates,
                                                              Clock::time_point now,
                                                              Clock::duration patience) {
  const std::lock_guard lock(mutex_);
  forget_full(now);
  auto wait = Clock::duration::zero();
  for (const Rate& rate : rates) {
    const auto found = full_at_.find(rate.key);
    const auto full_at = found == full_at_.end() ? now : std::max(found->second, now);
    wait = std::max(wait, full_at - now - seconds((rate.burst - 1) / rate.per_second));
  }
  if (wait > patience) return std::nullopt;
  for (const Rate& rate : rates) {
    auto& full_at = full_at_[rate.key];
    full_at = std::max(full_at, now) + seconds(1 / rate.per_second);
  }
  return wait;
}

std::size_t RateLimiter::keys() const {
  const std::lock_guard lock(mutex_);
  return full_at_.size();
}

void RateLimiter::forget_full(Clock::time_point now) {
  if (full_at_.size() < kForgetAt) return;
  std::erase_if(full_at_, [now](const auto& bucket) { return bucket.second <= now; });
}

}  // namespace bordero::https
