#pragma once

#include <chrono>

// Pauses before something is tried again. All are random in part, so that many who failed at once
// do not come back at once.
namespace bordero {

// Doubling from `first` to `longest`, each time between a half of it and the whole.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
      : first_(first), longest_(longest), next_(first) {}
  std::chrono::milliseconds next();
  void reset() { next_ = first_; }

 private:
  std::chrono::milliseconds first_;
  std::chrono::milliseconds longest_;
  std::chrono::milliseconds next_;
};

// Before the `repeat`th repeat of one call, the first being 1: anywhere between `least` and what
// grows fourfold with each, up to `most`.
std::chrono::milliseconds pause_before(int repeat, std::chrono::milliseconds least,
                                       std::chrono::milliseconds most);

}  // namespace bordero
