#include "services/crm/src/reports/renewal_report.hpp"

#include <gtest/gtest.h>

#include "services/crm/src/policies/renewal.hpp"

namespace bordero::crm {
namespace {

Date day(const char* text) { return *Date::parse(text); }

TEST(RenewalReport, PercentsAreRoundedHalfUpToATenth) {
  EXPECT_EQ(percent_of(2, 3), "66.7");
  EXPECT_EQ(percent_of(1, 3), "33.3");
  EXPECT_EQ(percent_of(1, 2000), "0.1");
  EXPECT_EQ(percent_of(7, 7), "100.0");
  EXPECT_EQ(percent_of(0, 7), "0.0");
  EXPECT_EQ(percent_of(0, 0), "");
  EXPECT_EQ(percent_of(900'000'000'000'000'000, 1'000'000'000'000'000'000), "90.0");
}

TEST(RenewalReport, APeriodIsAYearUnlessAskedOtherwise) {
  const Date today = day("2026-11-23");
  EXPECT_EQ(period_of("", "", today)->from.str(), "2025-12-01");
  EXPECT_EQ(period_of("", "", today)->to.str(), "2026-11-30");
  EXPECT_EQ(period_of("2026-03-01", "2026-02-28", today).error().fields[0].code, "before_from");
  EXPECT_EQ(period_of("2026-03-01", "2028-03-03", today).error().fields[0].code, "period_too_wide");
}

TEST(RenewalReport, ThePeriodBeforeIsAsLong) {
  const auto before = previous_to({day("2026-03-01"), day("2026-03-31")});

  EXPECT_EQ(before.from.str(), "2026-01-29");
  EXPECT_EQ(before.to.str(), "2026-02-28");
}

TEST(RenewalReport, RatesAreOfWhatIsDecided) {
  v1::RenewalReportRow row;
  fill_row(row, {.currency = "RUB",
                 .renewed = 3,
                 .lapsed = 1,
                 .open = 6,
                 .clients_decided = 2,
                 .clients_kept = 1,
                 .premium_renewed = 100,
                 .premium_lapsed = 300});

  EXPECT_EQ(row.ending(), 10);
  EXPECT_EQ(row.policy_rate(), "75.0");
  EXPECT_EQ(row.client_rate(), "50.0");
  EXPECT_EQ(row.premium_rate(), "25.0");
}

TEST(Renewal, APremiumThatGrewTooMuchIsRisky) {
  EXPECT_FALSE(is_risky("", 15));
  EXPECT_FALSE(is_risky("15", 15));
  EXPECT_TRUE(is_risky("15.1", 15));
  EXPECT_FALSE(is_risky("-40.5", 15));
}

}  // namespace
}  // namespace bordero::crm
