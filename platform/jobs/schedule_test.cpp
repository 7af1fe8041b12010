#include "platform/jobs/schedule.hpp"

#include <gtest/gtest.h>

namespace bordero::jobs {
namespace {

using namespace std::chrono_literals;

// Berlin has summer time: it skips 02:00 to 03:00 on 29 March 2026, and has it twice on 25 October.
class ScheduleTest : public ::testing::Test {
 protected:
  void SetUp() override { clock::set_time_zone("Europe/Berlin"); }
  void TearDown() override { clock::set_time_zone(zone_); }
  static std::string last(const Rule& rule, const char* now) {
    return instant_text(last_due(rule, *parse_instant(now))).substr(0, 16);
  }
  static std::string next(const Rule& rule, const char* now) {
    return instant_text(next_due(rule, *parse_instant(now))).substr(0, 16);
  }

 private:
  const std::string zone_ = clock::time_zone();
};

TEST_F(ScheduleTest, ADayHasOneDueTimeAlsoWhenTheClockJumps) {
  const Rule rule = daily(2h + 30min);

  EXPECT_EQ(last(rule, "2026-03-29T00:59:59Z"), "2026-03-28T01:30");
  EXPECT_EQ(next(rule, "2026-03-28T01:30:00Z"), "2026-03-29T01:00") << "the moment of the change";
  EXPECT_EQ(last(rule, "2026-03-29T01:00:00Z"), "2026-03-29T01:00");
  EXPECT_EQ(next(rule, "2026-03-29T01:00:00Z"), "2026-03-30T00:30");

  EXPECT_EQ(last(rule, "2026-10-25T00:30:00Z"), "2026-10-25T00:30") << "the first of both";
  EXPECT_EQ(last(rule, "2026-10-25T01:30:00Z"), "2026-10-25T00:30") << "and not the second";
  EXPECT_EQ(next(rule, "2026-10-25T00:30:00Z"), "2026-10-26T01:30");
}

TEST_F(ScheduleTest, AWeekIsCountedFromMonday) {
  const Rule rule = weekly(1, 3h);

  EXPECT_EQ(last(rule, "2026-11-30T02:00:00Z"), "2026-11-30T02:00") << "a Monday";
  EXPECT_EQ(last(rule, "2026-11-30T01:59:59Z"), "2026-11-23T02:00");
  EXPECT_EQ(last(rule, "2026-12-06T22:00:00Z"), "2026-11-30T02:00");
  EXPECT_EQ(next(rule, "2026-12-06T22:00:00Z"), "2026-12-07T02:00");
}

TEST_F(ScheduleTest, AMonthWithoutTheDayHasItsLast) {
  const Rule rule = monthly(31, 12h);

  EXPECT_EQ(last(rule, "2028-03-01T00:00:00Z"), "2028-02-29T11:00");
  EXPECT_EQ(next(rule, "2028-02-29T11:00:00Z"), "2028-03-31T10:00");
  EXPECT_EQ(last(rule, "2026-05-01T00:00:00Z"), "2026-04-30T10:00");
  EXPECT_EQ(last(rule, "2027-01-01T00:00:00Z"), "2026-12-31T11:00");
}

TEST_F(ScheduleTest, ARuleIsReadByPeople) {
  EXPECT_EQ(text_of(daily(9h + 5min)), "daily at 09:05 Europe/Berlin");
  EXPECT_EQ(text_of(weekly(7, 0min)), "weekly 7 at 00:00 Europe/Berlin");
  EXPECT_EQ(text_of(monthly(31, 3h)), "monthly 31 at 03:00 Europe/Berlin");
}

}  // namespace
}  // namespace bordero::jobs
