#pragma once

#include <map>
#include <string>

#include "platform/pg/database.hpp"

namespace bordero::audit {

// Looks for transactions of Audit's instance that have been open for too long. Each is told once in
// the logs; the gauge says how many there are now.
class LongTransactionSampler {
 public:
  LongTransactionSampler(pg::Database& db, std::chrono::seconds threshold)
      : db_(db), threshold_(threshold) {}
  // The number of long transactions seen.
  awaitable<Result<int>> sample();

 private:
  pg::Database& db_;
  std::chrono::seconds threshold_;
  std::map<int, std::string> told_;  // Process id to the start of its transaction.
};

}  // namespace bordero::audit
