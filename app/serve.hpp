#pragma once

#include <string>
#include <vector>

namespace bordero::app {

// Runs the named services in this process until SIGTERM or SIGINT; returns the exit code.
int serve(const std::vector<std::string>& services);

}  // namespace bordero::app
