#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demo/large_book.hpp"

namespace bordero::crm {

// A date on which something of a deal of the large set has to happen.
struct LargeDate {
  const char* kind;  // task, payment, policy_end or next_review.
  std::string subject_id;
  Date on;
  const char* waiting_on;
  std::string assignee_id = {};  // Whom it names itself.
};
// All of them, the most urgent first, which is the deal's deadline.
std::vector<LargeDate> dates_of(const large::DealFile& file);
// Who acts at the deal's deadline.
std::string assignee_of(const LargeDate& date, const large::Deal& deal);

}  // namespace bordero::crm
