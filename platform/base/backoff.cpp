#include "platform/base/backoff.hpp"

#include <algorithm>
#include <random>

namespace bordero {
namespace {

using std::chrono::milliseconds;

milliseconds any_between(milliseconds least, milliseconds most) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<milliseconds::rep> any(least.count(), most.count());
  return milliseconds(any(random));
}

}  // namespace

milliseconds Backoff::next() {
  const milliseconds whole = next_;
  next_ = std::min(2 * next_, longest_);
  return any_between(whole / 2, whole);
}

milliseconds pause_before(int repeat, milliseconds least, milliseconds most) {
  const milliseconds grown = least * (1 << (2 * std::clamp(repeat, 0, 8)));
  return any_between(least, std::max(least, std::min(grown, most)));
}

}  // namespace bordero
