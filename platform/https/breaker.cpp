#include "platform/https/breaker.hpp"

namespace bordero::https {
namespace {

constexpr int kCallsThatTell = 20;
constexpr auto kPause = std::chrono::seconds(5);

Breaker::Clock::rep second_of(Breaker::Clock::time_point now) {
  return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
}

}  // namespace

std::optional<Breaker::Permit> Breaker::admit(Clock::time_point now) {
  if (!open()) return Permit{};
  if (now < open_until_ || probing_) return std::nullopt;
  probing_ = true;
  return Permit{.probe = true};
}

void Breaker::abandoned(Permit permit) {
  if (permit.probe) probing_ = false;
}

bool Breaker::idle(Clock::time_point now) const {
  return !probing_ && now >= open_until_ && now - last_ > std::chrono::seconds(10);
}

void Breaker::ended(Permit permit, Clock::time_point now, bool failure) {
  last_ = now;
  if (permit.probe) {
    probing_ = false;
    seconds_ = {};
    open_until_ = failure ? now + kPause : Clock::time_point{};
    return;
  }
  // What began before the breaker opened says nothing new.
  if (open()) return;
  const auto at = second_of(now);
  Second& second = seconds_[static_cast<std::size_t>(at) % seconds_.size()];
  if (second.at != at) second = {.at = at};
  ++second.calls;
  second.failures += failure ? 1 : 0;
  int calls = 0;
  int failures = 0;
  for (const Second& one : seconds_) {
    if (one.at <= at - static_cast<Clock::rep>(seconds_.size())) continue;
    calls += one.calls;
    failures += one.failures;
  }
  if (calls >= kCallsThatTell && 2 * failures >= calls) open_until_ = now + kPause;
}

bool RepeatBudget::spend() {
  if (saved_ < 1) return false;
  saved_ -= 1;
  return true;
}

}  // namespace bordero::https
