#include "platform/threads/thread_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <future>

namespace bordero {
namespace {

using namespace std::chrono_literals;

class ThreadPoolTest : public ::testing::Test {
 protected:
  // Begins the work; what came of it stands in `outcomes_` once the worker has run.
  void begin(ThreadPool& pool, std::function<void()> work) {
    const auto keep = [this, &pool, work]() -> awaitable<void> {
      const auto done = co_await pool.run(work);
      outcomes_.emplace_back(done ? "done" : done.error().reason);
    };
    asio::co_spawn(io_, keep, [this](std::exception_ptr failure) {
      if (failure) outcomes_.emplace_back("thrown");
    });
    io_.poll();
  }

  asio::io_context io_{1};
  std::vector<std::string> outcomes_;
};

TEST_F(ThreadPoolTest, WorkRunsElsewhereAndComesBack) {
  ThreadPool pool({.threads = 1, .waiting = 1});
  const auto here = std::this_thread::get_id();
  std::thread::id there;

  begin(pool, [&] { there = std::this_thread::get_id(); });
  io_.run();

  EXPECT_EQ(outcomes_, std::vector<std::string>{"done"});
  EXPECT_NE(there, here);
}

TEST_F(ThreadPoolTest, WhatIsThrownArrives) {
  ThreadPool pool({.threads = 1, .waiting = 1});

  begin(pool, [] { throw Broken("no memory"); });
  io_.run();

  EXPECT_EQ(outcomes_, std::vector<std::string>{"thrown"});
}

TEST_F(ThreadPoolTest, AFullQueueRefusesAtOnce) {
  ThreadPool pool({.threads = 1, .waiting = 1});
  std::promise<void> begun;
  std::promise<void> release;
  begin(pool, [&] {
    begun.set_value();
    release.get_future().wait();
  });
  begun.get_future().wait();
  begin(pool, [] {});

  begin(pool, [] {});
  io_.poll();

  EXPECT_EQ(outcomes_, std::vector<std::string>{"busy"});
  release.set_value();
  io_.restart();
  io_.run();
  EXPECT_EQ(outcomes_.size(), 3u);
}

TEST_F(ThreadPoolTest, WhoWaitedTooLongIsRefused) {
  ThreadPool pool({.threads = 1, .waiting = 1, .wait = 200ms});
  std::promise<void> begun;
  std::promise<void> queued;
  bool ran = false;
  begin(pool, [&] {
    begun.set_value();
    queued.get_future().wait();
    const auto past_the_wait = std::chrono::steady_clock::now() + 300ms;
    while (std::chrono::steady_clock::now() < past_the_wait) std::this_thread::yield();
  });
  begun.get_future().wait();

  begin(pool, [&] { ran = true; });
  io_.restart();
  io_.poll();
  queued.set_value();
  io_.run();

  EXPECT_EQ(outcomes_, (std::vector<std::string>{"done", "busy"}));
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace bordero
