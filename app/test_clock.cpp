#include "app/test_clock.hpp"

#include <fstream>

#include "platform/base/clock.hpp"
#include "platform/base/env.hpp"

namespace bordero::app {
namespace {

constexpr std::chrono::milliseconds kPeriod{100};

void follow_once(const std::string& path) {
  std::ifstream file(path);
  long long seconds = 0;
  if (file >> seconds) clock::shift(std::chrono::seconds(seconds));
}

awaitable<void> follow(std::string path) {
  follow_once(path);
  co_return;
}

}  // namespace

std::string test_clock_setting() {
#ifdef BORDERO_RELEASE
  return "";
#else
  return env::text("BORDERO_TEST_CLOCK_FILE", "");
#endif
}

TestClock::TestClock(asio::any_io_executor executor, const std::string& path)
    : job_(std::move(executor), "test clock", kPeriod, [path] { return follow(path); }) {
  if (path.empty()) return;
  follow_once(path);
  job_.start();
}

}  // namespace bordero::app
