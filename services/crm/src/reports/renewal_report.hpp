#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bordero/crm/v1/reports.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace bordero::crm {

// What became of the policies of one client in one group, as the database adds it up.
struct RenewalCount {
  std::string value;
  std::string currency;
  int renewed = 0;
  int lapsed = 0;
  int open = 0;
  int clients_decided = 0;
  int clients_kept = 0;
  std::int64_t premium_renewed = 0;
  std::int64_t premium_lapsed = 0;
  std::int64_t premium_now = 0;
};

struct ReportPeriod {
  Date from;
  Date to;  // Inclusive.
};
// What is asked for, or the twelve months that end with this one; at most two years.
Result<ReportPeriod> period_of(const std::string& from, const std::string& to, Date today);
// As many days just before.
ReportPeriod previous_to(const ReportPeriod& period);

// So many of so many in percent, half-up to a tenth: "66.7"; empty of nothing.
std::string percent_of(std::int64_t part, std::int64_t whole);
void fill_row(v1::RenewalReportRow& row, const RenewalCount& count);

}  // namespace bordero::crm
