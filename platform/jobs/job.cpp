#include "platform/jobs/job.hpp"

#include <algorithm>

namespace bordero::jobs {

bool Kind::undoes() const {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return bool(step.undo); });
}

Result<void> may_cancel(const Job& job) {
  using namespace common::v1;
  if (job.cancelling() || job.status() == JOB_STATUS_UNDOING) return refused("job_is_ending");
  if (job.status() == JOB_STATUS_QUEUED || job.status() == JOB_STATUS_RUNNING) return {};
  return refused("job_finished");
}

bool may_pass(const Error& error) {
  return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::internal ||
         error.kind == ErrorKind::too_many;
}

std::chrono::milliseconds pause_after(int tries, std::chrono::milliseconds first) {
  constexpr int kMostDoublings = 10;
  return first * (1 << std::clamp(tries - 1, 0, kMostDoublings));
}

}  // namespace bordero::jobs
