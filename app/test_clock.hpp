#pragma once

#include <string>

#include "platform/base/job.hpp"

namespace bordero::app {

// BORDERO_TEST_CLOCK_FILE; empty in a release build, which has no such setting.
std::string test_clock_setting();

// Follows a file with the number of seconds by which business time is ahead, so that a test leads
// running processes through a year. Business time is right before anything else starts.
class TestClock {
 public:
  TestClock(asio::any_io_executor executor, const std::string& path);

 private:
  Job job_;
};

}  // namespace bordero::app
