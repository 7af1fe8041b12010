#include "platform/jobs/jobs_fixture.hpp"

namespace bordero::jobs {
namespace {

TEST_F(JobsTest, WhatWasDoneIsUndoneInReverse) {
  const auto id = given("trip");
  fails_.emplace("c done", refused("no_room"));

  EXPECT_TRUE(take_up());

  EXPECT_THAT(did_, ElementsAre("a", "b", "c", "undo c", "undo b", "undo a"));
  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("error", id), "no_room");
  EXPECT_EQ(value("undo_error IS NULL", id), "t");
  EXPECT_EQ(effects(id), "");
  EXPECT_EQ(events(id), "started updated finished");
}

TEST_F(JobsTest, UndoGoesOnAfterACrashAnywhere) {
  for (const std::string step : {"c", "b", "a"}) {
    for (const std::string where : {"", " done", " marked"}) {
      did_.clear();
      fails_.clear();
      fails_.emplace("c", refused("no_room"));
      const auto id = given("trip");
      dies_at(std::string("undo ").append(step).append(where));
      EXPECT_EQ(status(id), "undoing");
      EXPECT_FALSE(take_up()) << "still leased";
      lease_ends();

      EXPECT_TRUE(take_up());

      EXPECT_EQ(status(id), "failed") << step << where;
      EXPECT_EQ(value("error", id), "no_room");
      EXPECT_EQ(effects(id), "") << step << where;
      EXPECT_EQ(times("undo " + step), where.empty() ? 1 : 2);
      EXPECT_EQ(did_.size(), where.empty() ? 5U : 6U) << "a b, three undone";
    }
  }
}

TEST_F(JobsTest, AnUndoThatFailsIsSaidAndTheOthersGoOn) {
  const auto id = given("trip");
  fails_.emplace("c", refused("no_room"));
  fails_.emplace("undo b", refused("folder_not_empty"));

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("error", id), "no_room");
  EXPECT_EQ(value("undo_error", id), "b: folder_not_empty");
  EXPECT_EQ(effects(id), "b");
}

TEST_F(JobsTest, AnUndoThatMayPassIsTriedAgainAndNotForEver) {
  const auto id = given("trip");
  fails_.emplace("c", refused("no_room"));
  fails_.emplace("undo b", unavailable("drive_down"));
  for (int attempt = 0; attempt < 2; ++attempt) {
    EXPECT_TRUE(take_up());
    EXPECT_EQ(status(id), "undoing");
    lease_ends();
  }
  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("undo_error", id), "b: drive_down");
  EXPECT_EQ(effects(id), "b");
}

TEST_F(JobsTest, AnUndoThatKillsItsProcessIsGivenUp) {
  const auto id = given("trip");
  fails_.emplace("c", refused("no_room"));
  for (int i = 0; i < 3; ++i) {
    dies_at("undo b");
    lease_ends();
  }

  EXPECT_TRUE(take_up());

  EXPECT_EQ(status(id), "failed");
  EXPECT_EQ(value("undo_error", id), "b: worker_died");
  EXPECT_EQ(effects(id), "b");
}

TEST_F(JobsTest, WhatWaitsIsCancelledAtOnce) {
  const Caller caller = somebody();
  const auto id = given("trip", caller);

  EXPECT_EQ(cancel(somebody(), id).error().kind, ErrorKind::not_found);
  const auto cancelled = cancel(caller, id);

  ASSERT_TRUE(cancelled.ok()) << cancelled.error().reason;
  EXPECT_EQ(cancelled->status(), common::v1::JOB_STATUS_CANCELLED);
  EXPECT_FALSE(take_up());
  EXPECT_THAT(did_, ElementsAre());
  EXPECT_EQ(events(id), "started finished");
  EXPECT_EQ(cancel(caller, id).error().reason, "job_finished");
}

TEST_F(JobsTest, WhatRunsEndsAfterItsStepAndIsUndone) {
  const Caller caller = somebody();
  const auto id = given("trip", caller);
  // As another process that answers requests does it.
  at_ = [&](const std::string& point) {
    if (point == "b") database_.execute("UPDATE jobs SET cancel_asked = true");
  };

  EXPECT_TRUE(take_up());

  EXPECT_THAT(did_, ElementsAre("a", "b", "undo c", "undo b", "undo a"));
  EXPECT_EQ(status(id), "cancelled");
  EXPECT_EQ(value("error IS NULL", id), "t");
  EXPECT_EQ(effects(id), "");
}

TEST_F(JobsTest, WhatDiedOrWaitsForAnotherAttemptIsCancelledByTheNextWorker) {
  const Caller caller = somebody();
  const auto id = given("trip", caller);
  dies_at("b done");

  const auto asked = cancel(caller, id);

  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->status(), common::v1::JOB_STATUS_RUNNING);
  EXPECT_TRUE(asked->cancelling());
  EXPECT_EQ(events(id), "started updated");
  EXPECT_EQ(cancel(caller, id).error().reason, "job_is_ending");
  lease_ends();
  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(id), "cancelled");
  EXPECT_EQ(times("b"), 1);
  EXPECT_EQ(effects(id), "");
}

TEST_F(JobsTest, WhatIsBeingUndoneIsNotCancelled) {
  const Caller caller = somebody();
  const auto id = given("trip", caller);
  fails_.emplace("c", refused("no_room"));
  dies_at("undo b");

  EXPECT_EQ(cancel(caller, id).error().reason, "job_is_ending");
}

TEST_F(JobsTest, ABatchIsTheLastOfACancelledJob) {
  const Caller caller = somebody();
  const auto id = given("batches", caller);
  dies_at("batch 4");
  const auto cancelled = cancel(caller, id);
  ASSERT_TRUE(cancelled.ok());
  EXPECT_EQ(cancelled->status(), common::v1::JOB_STATUS_CANCELLED) << "nothing to undo";
  EXPECT_FALSE(take_up());

  const auto running = given("batches", caller);
  at_ = [&](const std::string& point) {
    if (point != "batch 7") return;
    database_.execute(
        "UPDATE jobs SET status = 'cancelled', lease_until = NULL, finished_at = now() "
        "WHERE status = 'running'");
  };
  EXPECT_TRUE(take_up());
  EXPECT_EQ(effects(running), "0 1 2 3 4 5 6");
  EXPECT_EQ(status(running), "cancelled");
}

}  // namespace
}  // namespace bordero::jobs
