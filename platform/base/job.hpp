#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "platform/base/async.hpp"

namespace bordero {

// Work on a timer: at once, and then a period after each end. What it throws is logged, and the
// next turn comes as if nothing had happened.
class Job {
 public:
  Job(asio::any_io_executor executor, std::string name, std::chrono::milliseconds period,
      std::function<awaitable<void>()> work);
  ~Job();
  void start();
  void stop();  // From any thread; a turn that is under way runs to its end.

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero
