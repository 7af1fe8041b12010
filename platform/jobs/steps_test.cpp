#include "platform/jobs/jobs_fixture.hpp"

namespace bordero::jobs {
namespace {

TEST_F(JobsTest, AJobIsDoneStepByStep) {
  const auto id = given("trip");

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "done");
  EXPECT_THAT(did_, ElementsAre("a", "b", "c"));
  EXPECT_EQ(effects(id), "a b c");
  EXPECT_EQ(events(id), "started finished");
  EXPECT_FALSE(take_up());
}

TEST_F(JobsTest, AfterACrashAnywhereItGoesOnWhereItWas) {
  for (const std::string step : {"a", "b", "c"}) {
    for (const std::string where : {"", " done", " marked"}) {
      did_.clear();
      const auto id = given("trip");
      dies_at(step + where);
      EXPECT_EQ(status(id), "running");
      EXPECT_FALSE(take_up()) << "still leased";
      lease_ends();

      EXPECT_TRUE(take_up());

      EXPECT_EQ(status(id), "done") << step << where;
      EXPECT_EQ(effects(id), "a b c") << step << where;
      EXPECT_EQ(times(step), where.empty() ? 1 : 2) << "what was not marked is done again";
      EXPECT_EQ(did_.size(), where.empty() ? 3U : 4U) << "what was marked is not";
      EXPECT_EQ(events(id), "started finished");
    }
  }
}

TEST_F(JobsTest, WhatIsMarkedAsTheProcessDiesIsNotDoneAgain) {
  const auto id = given("trip");
  dies_at("b marked", Dying::sending);
  ASSERT_TRUE(eventually("SELECT step = 2 FROM jobs"));
  lease_ends();

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "done");
  EXPECT_THAT(did_, ElementsAre("a", "b", "c"));
  EXPECT_EQ(effects(id), "a b c");
}

TEST_F(JobsTest, AJobThatKillsItsProcessFailsAtLast) {
  const auto id = given("plain");
  for (int i = 0; i < 3; ++i) {
    dies_at("b");
    lease_ends();
  }
  EXPECT_EQ(value("attempt", id), "3");
  at_ = [](const std::string& point) { ADD_FAILURE() << "came to " << point; };

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("error", id), "worker_died");
  EXPECT_EQ(effects(id), "a");
  EXPECT_EQ(events(id), "started finished");
}

TEST_F(JobsTest, AttemptsCountAnewOnceItGotOn) {
  const auto id = given("batches");
  for (int batch = 0; batch < 10; ++batch) {
    dies_at("batch " + std::to_string(batch));
    lease_ends();
  }

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "done");
  EXPECT_EQ(effects(id), "0 1 2 3 4 5 6 7 8 9");
  EXPECT_EQ(value("done || ' of ' || total", id), "10 of 10");
  EXPECT_EQ(value("attempt", id), "11");
}

TEST_F(JobsTest, WhatMayPassIsTriedAgainAfterAPauseAndNotForEver) {
  const auto id = given("plain");
  fails_.emplace("b", unavailable("drive_down"));
  for (int attempt = 1; attempt < 3; ++attempt) {
    EXPECT_TRUE(take_up());
    EXPECT_EQ(status(id), "running");
    EXPECT_EQ(value("lease_until < now() + interval '1 minute'", id), "t") << "given back";
    lease_ends();
  }
  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("error", id), "drive_down");
  EXPECT_EQ(times("a"), 1);

  EXPECT_EQ(pause_after(1, 5s), 5s);
  EXPECT_EQ(pause_after(4, 5s), 40s);
}

TEST_F(JobsTest, ABrokenStepIsOneThatMayPass) {
  const auto id = given("plain");
  at_ = [](const std::string& point) {
    if (point == "b") throw std::runtime_error("broken");
  };
  EXPECT_TRUE(take_up());
  at_ = nullptr;
  EXPECT_EQ(status(id), "running");
  lease_ends();

  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(id), "done");
}

TEST_F(JobsTest, WhoLostTheLeaseWritesNothingMore) {
  const auto id = given("plain");
  at_ = [&](const std::string& point) {
    if (point != "b") return;
    database_.execute(
        "UPDATE jobs SET attempt = attempt + 1, lease_until = now() + interval '1 hour'");
  };

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "running");
  EXPECT_EQ(effects(id), "a");
  EXPECT_EQ(value("step", id), "1");
  EXPECT_EQ(events(id), "started");
}

TEST_F(JobsTest, AStepLongerThanTheLeaseKeepsIt) {
  settings_.timing.lease = 300ms;
  workers_ =
      std::make_unique<Workers>(io_.get_executor(), db_, peers_, declaration_, kinds(), settings_);
  const auto id = given("plain");
  bool renewed = false;
  at_ = [&](const std::string& point) {
    if (point != "b") return;
    const auto first = value("lease_until", id);
    // The process goes on with other work meanwhile.
    const auto limit = std::chrono::steady_clock::now() + 30s;
    while (!renewed && std::chrono::steady_clock::now() < limit) {
      io_.run_one_for(50ms);
      renewed = value("lease_until", id) != first;
    }
  };

  EXPECT_TRUE(take_up());

  EXPECT_TRUE(renewed);
  EXPECT_EQ(status(id), "done");
}

TEST_F(JobsTest, TheUserIsAskedForAgainAtEachStep) {
  const Caller caller = somebody();
  const auto id = given("trip", caller);
  at_ = [&](const std::string& point) {
    if (point == "a done") sessions_->ended.insert(caller.session_id);
  };

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("error", id), "session_ended");
  EXPECT_EQ(effects(id), "") << "and what it did is taken back";
}

TEST_F(JobsTest, AStoppingProcessHandsItsJobOver) {
  const auto id = given("plain");
  at_ = [&](const std::string& point) {
    if (point == "b done") workers_->stop();
  };
  EXPECT_TRUE(take_up());
  EXPECT_EQ(value("status || ' ' || step || ' ' || tries", id), "running 2 0");

  at_ = nullptr;
  workers_ =
      std::make_unique<Workers>(io_.get_executor(), db_, peers_, declaration_, kinds(), settings_);
  EXPECT_TRUE(take_up()) << "without waiting for a lease to end";
  EXPECT_EQ(status(id), "done");
}

TEST_F(JobsTest, EndedJobsAreForgottenAndOpenOnesAreNot) {
  given("plain");
  EXPECT_TRUE(take_up());
  const auto open = given("plain");
  clock::shift(25h);

  const auto forget = [&]() -> awaitable<int> {
    Context ctx = system_context("test", 10s);
    auto tx = co_await db_.begin(ctx);
    const int forgotten = co_await forget_jobs(*tx, 100);
    const auto kept = co_await tx->commit();
    co_return kept.ok() ? forgotten : -1;
  };

  EXPECT_EQ(run(forget()), 1);
  EXPECT_EQ(status(open), "queued");
}

}  // namespace
}  // namespace bordero::jobs
