#include "platform/reminders/schedule.hpp"

#include <gtest/gtest.h>

#include "platform/reminders/wall_clock.hpp"

namespace bordero::reminders {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) { return *parse_instant(text); }
Date day(const char* text) { return *Date::parse(text); }

class ScheduleTest : public ::testing::Test {
 protected:
  void TearDown() override { clock::set_time_zone("Europe/Moscow"); }
};

TEST_F(ScheduleTest, ADayIsDueFromItsHourOn) {
  EXPECT_EQ(last_due_day(at("2026-11-23T05:59:59Z"), 9h), day("2026-11-22"));
  EXPECT_EQ(last_due_day(at("2026-11-23T06:00:00Z"), 9h), day("2026-11-23"));
  // Past midnight in Moscow, still the evening before in UTC.
  EXPECT_EQ(last_due_day(at("2026-11-22T21:30:00Z"), 0min), day("2026-11-23"));
}

TEST_F(ScheduleTest, SummerTimeMovesTheHourNotTheDay) {
  clock::set_time_zone("Europe/Berlin");

  EXPECT_EQ(wall_clock::instant_at(day("2026-03-28"), 9h), at("2026-03-28T08:00:00Z"));
  EXPECT_EQ(wall_clock::instant_at(day("2026-03-29"), 9h), at("2026-03-29T07:00:00Z"));
  // 02:30 is skipped in March and comes twice in October.
  EXPECT_EQ(wall_clock::instant_at(day("2026-03-29"), 150min), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(wall_clock::instant_at(day("2026-10-25"), 150min), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(last_due_day(at("2026-10-25T01:30:00Z"), 150min), day("2026-10-25"));
}

TEST_F(ScheduleTest, AFirstLookCatchesUpSevenDays) {
  const Window window = window_at(at("2026-11-23T10:00:00Z"), 9h, std::nullopt);

  EXPECT_EQ(window, (Window{day("2026-11-16"), day("2026-11-23")}));
}

TEST_F(ScheduleTest, TheNextDayLooksAtTwo) {
  const Instant now = at("2026-11-23T10:00:00Z");

  const Window two{day("2026-11-22"), day("2026-11-23")};
  EXPECT_EQ(window_at(now, 9h, day("2026-11-23")), two);
  EXPECT_EQ(window_at(now, 9h, day("2026-11-22")), two);
}

TEST_F(ScheduleTest, AClockThatWasSetCatchesUp) {
  const Instant now = at("2026-11-23T10:00:00Z");

  const Window all{day("2026-11-16"), day("2026-11-23")};
  EXPECT_EQ(window_at(now, 9h, day("2026-11-20")), all);
  EXPECT_EQ(window_at(now, 9h, day("2026-12-05")), all);
}

TEST(WallClock, ReadsAndWritesTimesOfDay) {
  EXPECT_EQ(wall_clock::parse("09:05"), 9h + 5min);
  EXPECT_EQ(wall_clock::text_of(9h + 5min), "09:05");
  for (const char* wrong : {"", "9:05", "24:00", "09:60", "0905 ", "ab:cd", "-1:00"}) {
    EXPECT_FALSE(wall_clock::parse(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace bordero::reminders
