#include "services/auth/src/sessions/local_failures.hpp"

#include <algorithm>

namespace bordero::auth {
namespace {

constexpr std::size_t kSharedCapacity = 50'000;

}  // namespace

LocalFailures& LocalFailures::shared() {
  static LocalFailures failures(kSharedCapacity);
  return failures;
}

int LocalFailures::longest_wait(const std::vector<Budget>& budgets, Clock::time_point now) const {
  std::int64_t longest = 0;
  for (const Budget& budget : budgets) {
    const auto found = counts_.find(budget.key);
    if (found == counts_.end()) continue;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(found->second.waits_until - now);
    longest = std::max<std::int64_t>(longest, left.count());
  }
  return static_cast<int>(longest);
}

void LocalFailures::make_room() {
  if (counts_.size() < capacity_) return;
  const auto oldest = std::min_element(counts_.begin(), counts_.end(), [](auto& a, auto& b) {
    return a.second.touched_at < b.second.touched_at;
  });
  counts_.erase(oldest);
}

int LocalFailures::wait_ms(const std::vector<Budget>& budgets, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  return longest_wait(budgets, now);
}

int LocalFailures::add(const std::vector<Budget>& budgets, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (const int wait = longest_wait(budgets, now); wait > 0) return wait;
  for (const Budget& budget : budgets) {
    if (!counts_.contains(budget.key)) make_room();
    Count& count = counts_[budget.key];
    count.touched_at = now;
    const int beyond = ++count.failures - budget.free;
    if (beyond >= 0) count.waits_until = now + wait_after(beyond);
  }
  return 0;
}

int LocalFailures::forget(const std::vector<Budget>& budgets, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (const int wait = longest_wait(budgets, now); wait > 0) return wait;
  for (const Budget& budget : budgets) counts_.erase(budget.key);
  return 0;
}

}  // namespace bordero::auth
