#pragma once

#include "platform/base/job.hpp"

namespace bordero::app {

// Gives back to the machine what an hour of work has left free: the allocator itself would keep it
// until it frees much more, which a quiet night does not.
class IdleMemory {
 public:
  explicit IdleMemory(asio::any_io_executor executor);

 private:
  Job job_;
};

}  // namespace bordero::app
