#include "app/test_clock.hpp"

#include <fstream>

#include "platform/base/clock.hpp"
#include "platform/base/env.hpp"

namespace bordero::app {
namespace {

constexpr std::chrono::milliseconds kPeriod{100};

std::string setting() {
#ifdef BORDERO_RELEASE
  return "";
#else
  return env::text("BORDERO_TEST_CLOCK_FILE", "");
#endif
}

awaitable<void> follow(std::string path) {
  std::ifstream file(path);
  long long seconds = 0;
  if (file >> seconds) clock::shift(std::chrono::seconds(seconds));
  co_return;
}

}  // namespace

TestClock::TestClock(asio::any_io_executor executor)
    : path_(setting()),
      job_(std::move(executor), "test clock", kPeriod, [this] { return follow(path_); }) {
  if (!path_.empty()) job_.start();
}

}  // namespace bordero::app
