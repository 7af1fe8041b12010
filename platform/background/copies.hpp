#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "platform/background/work.hpp"

namespace bordero::background {

// The two rules of a service's copies: filling them at the start, which sets `filled`, and
// comparing them with their owners each night.
std::vector<Rule> rules_of_copies(pg::Database& db, const std::string& service,
                                  std::vector<Copy> copies, ComparedEvent event,
                                  std::shared_ptr<std::atomic<bool>> filled);

}  // namespace bordero::background
