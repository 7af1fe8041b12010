#pragma once

#include <string>

#include "platform/base/job.hpp"

namespace bordero::app {

// Follows a file with the number of seconds by which business time is ahead, so that a test leads
// running processes through a year. Development builds alone have the setting.
class TestClock {
 public:
  explicit TestClock(asio::any_io_executor executor);

 private:
  std::string path_;
  Job job_;
};

}  // namespace bordero::app
