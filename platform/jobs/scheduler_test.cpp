#include "platform/jobs/jobs_fixture.hpp"

namespace bordero::jobs {
namespace {

// Of Moscow, which has no summer time: 03:00 there is midnight UTC.
class SchedulerTest : public JobsTest {
 protected:
  static void set_clock(const char* time) {
    const auto ahead = *parse_instant(time) - std::chrono::system_clock::now();
    clock::shift(std::chrono::duration_cast<std::chrono::seconds>(ahead) + 1s);
  }
  // A process that has just started knows nothing but what is in the database.
  std::unique_ptr<Scheduler> process(const Rule& rule = daily(3h)) {
    const std::vector<Schedule> schedules = {{.name = "nightly", .rule = rule, .kind = "plain"}};
    return std::make_unique<Scheduler>(db_, declaration_, kinds(), schedules);
  }
  int made(Scheduler& scheduler) {
    const auto made = run(scheduler.run());
    return made ? *made : -1;
  }
  int made(const Rule& rule = daily(3h)) { return made(*process(rule)); }
  std::string due() {
    return database_.value(
        "SELECT to_char(last_due_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') FROM schedules");
  }
};

TEST_F(SchedulerTest, EachDueTimeMakesOneJob) {
  set_clock("2026-11-23T12:00:00Z");
  const auto scheduler = process();
  EXPECT_EQ(made(*scheduler), 0) << "what was due before it was known is not missed";
  for (const char* now : {"2026-11-23T23:59:50Z", "2026-11-24T00:00:00Z", "2026-11-24T00:00:01Z",
                          "2026-11-24T23:59:50Z", "2026-11-25T00:00:00Z", "2026-11-25T12:00:00Z"}) {
    set_clock(now);
    made(*scheduler);
    made();
  }

  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs WHERE kind = 'plain' AND user_id IS NULL "
                            "AND priority = 1"),
            "2");
  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type LIKE '%.job.started'"), "2");
  EXPECT_EQ(due(), "11-25 00:00");
  EXPECT_TRUE(take_up());
  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs WHERE status = 'done'"), "1");
}

TEST_F(SchedulerTest, WhatWasMissedIsMadeUpForOnce) {
  set_clock("2026-11-23T12:00:00Z");
  made();
  set_clock("2026-11-28T05:00:00Z");

  EXPECT_EQ(made(), 1);
  EXPECT_EQ(made(), 0);
  EXPECT_EQ(due(), "11-28 00:00");
}

TEST_F(SchedulerTest, AClockThatIsSetBackFiresNothingTwice) {
  set_clock("2026-11-23T12:00:00Z");
  made();
  set_clock("2026-11-24T01:00:00Z");
  EXPECT_EQ(made(), 1);

  set_clock("2026-11-23T20:00:00Z");
  EXPECT_EQ(made(), 0);
  set_clock("2026-11-24T00:30:00Z");
  EXPECT_EQ(made(), 0);
  set_clock("2026-11-25T00:30:00Z");
  EXPECT_EQ(made(), 1);
}

TEST_F(SchedulerTest, AClockThatWasAheadLeavesNothingOut) {
  set_clock("2026-11-23T12:00:00Z");
  made();
  set_clock("2027-11-23T12:00:00Z");
  EXPECT_EQ(made(), 1);

  set_clock("2026-11-24T00:30:00Z");
  EXPECT_EQ(made(), 1);
  set_clock("2026-11-25T00:30:00Z");
  EXPECT_EQ(made(), 1);
}

TEST_F(SchedulerTest, AnotherRuleBeginsWithItsNextDueTime) {
  set_clock("2026-11-23T12:00:00Z");
  made();
  set_clock("2026-11-24T12:00:00Z");
  EXPECT_EQ(made(), 1);

  EXPECT_EQ(made(daily(5h)), 0);
  set_clock("2026-11-25T01:00:00Z");
  EXPECT_EQ(made(daily(5h)), 0);
  set_clock("2026-11-25T02:00:00Z");
  EXPECT_EQ(made(daily(5h)), 1);
}

TEST_F(SchedulerTest, TwoProcessesMakeOne) {
  set_clock("2026-11-23T12:00:00Z");
  made();
  set_clock("2026-11-24T12:00:00Z");
  const auto first = process();
  const auto second = process();
  std::optional<Result<int>> one;
  std::optional<Result<int>> two;
  int left = 2;
  const auto ended = [&](std::exception_ptr failure) {
    --left;
    if (failure) std::rethrow_exception(failure);
  };
  asio::co_spawn(io_, into(one, first->run()), ended);
  asio::co_spawn(io_, into(two, second->run()), ended);
  io_.restart();
  while (left > 0 && io_.run_one() > 0) {
  }

  EXPECT_EQ(**one + **two, 1);
  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs"), "1");
}

}  // namespace
}  // namespace bordero::jobs
