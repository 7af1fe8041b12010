#pragma once

#include <chrono>
#include <cstddef>

// Lines of the log on their way to stdout.
namespace bordero::log {

// Lost since the start because nobody read the others in time.
std::size_t lost_lines();
// Writes what waits and ends the log, for the end of the process. False when that takes longer: the
// reader has stalled, and the process must not wait for it.
bool finish(std::chrono::milliseconds limit);

}  // namespace bordero::log
