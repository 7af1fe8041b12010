#pragma once

#include <string>

namespace bordero::app {

// Runs one service ("crm", "gateway") or "all" in this process until SIGTERM or SIGINT; returns the
// exit code.
int serve(const std::string& word);
// Whether `serve` knows the word.
bool is_served(const std::string& word);

}  // namespace bordero::app
