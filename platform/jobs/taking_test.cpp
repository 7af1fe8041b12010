#include "platform/jobs/jobs_fixture.hpp"

namespace bordero::jobs {
namespace {

TEST_F(JobsTest, TwoWorkersNeverHaveTheSameJob) {
  std::vector<std::string> all;
  for (int i = 0; i < 20; ++i) all.push_back(given("plain"));
  Workers others(io_.get_executor(), db_, peers_, declaration_, kinds(), settings_);
  const auto all_of = [](Workers& workers, int& took) -> awaitable<void> {
    while (true) {
      const auto one = co_await workers.run_next();
      if (!one || !*one) co_return;
      ++took;
    }
  };
  int first = 0;
  int second = 0;
  const auto failed = [](std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
  };
  asio::co_spawn(io_, all_of(*workers_, first), failed);
  asio::co_spawn(io_, all_of(others, second), failed);
  io_.restart();
  while (first + second < 20 && io_.run_one() > 0) {
  }

  EXPECT_EQ(first + second, 20);
  EXPECT_GT(first, 0);
  EXPECT_GT(second, 0);
  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs WHERE attempt = 1 AND status = 'done'"),
            "20");
  for (const auto& id : all) EXPECT_EQ(effects(id), "a b c");
}

TEST_F(JobsTest, OnePersonHasOneAtATime) {
  const Caller caller = somebody();
  const auto first = given("plain", caller);
  const auto second = given("plain", caller);
  dies_at("b");

  EXPECT_FALSE(take_up());
  const auto others = given("plain");
  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(others), "done");
  EXPECT_EQ(status(second), "queued");

  lease_ends();
  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(first), "done");
  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(second), "done");
}

TEST_F(JobsTest, WhatSomebodyWaitsForComesFirst) {
  const auto batch = given("plain", system_caller("nightly"), Priority::batch);
  const auto asked = given("plain");

  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(asked), "done");
  EXPECT_EQ(status(batch), "queued");
  EXPECT_FALSE(take_up(Priority::interactive)) << "one worker is kept for who waits";
  EXPECT_TRUE(take_up());
  EXPECT_EQ(status(batch), "done");
}

TEST_F(JobsTest, KindsOfANewerReleaseAreLeftToIt) {
  const auto id = given("plain");
  database_.execute("UPDATE jobs SET kind = 'of tomorrow'");

  EXPECT_FALSE(take_up());
  EXPECT_EQ(status(id), "queued");
}

TEST_F(JobsTest, OfOnePersonFewAreOpen) {
  const Caller caller = somebody();
  for (int i = 0; i < 3; ++i) given("plain", caller);
  const auto ask = [&](const Caller& who) -> awaitable<Result<void>> {
    Context ctx = system_context("test", 10s);
    auto tx = co_await db_.begin(ctx);
    co_return co_await may_start(*tx, who, 3);
  };

  EXPECT_EQ(run(ask(caller)).error().reason, "too_many_jobs");
  EXPECT_TRUE(run(ask(somebody())).ok());
}

TEST_F(JobsTest, ALongJobTellsHowFarItIs) {
  settings_.timing.tell_every = 0ms;
  workers_ =
      std::make_unique<Workers>(io_.get_executor(), db_, peers_, declaration_, kinds(), settings_);
  const auto id = given("batches");

  EXPECT_TRUE(take_up());

  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type LIKE '%.updated'"), "10");
  EXPECT_EQ(database_.value("SELECT body::jsonb->'after'->>'done' FROM outbox "
                            "WHERE type LIKE '%.updated' ORDER BY seq LIMIT 1"),
            "1");
  EXPECT_EQ(database_.value("SELECT body::jsonb->'after'->>'step' FROM outbox "
                            "WHERE type LIKE '%.updated' ORDER BY seq LIMIT 1"),
            "all");
  EXPECT_EQ(status(id), "done");
}

}  // namespace
}  // namespace bordero::jobs
