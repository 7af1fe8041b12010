#include "platform/base/job.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <stdexcept>

namespace bordero {
namespace {

using namespace std::chrono_literals;

TEST(Job, GoesOnAfterAFailure) {
  asio::io_context io;
  int turns = 0;
  Job job(io.get_executor(), "test", 0ms, [&]() -> awaitable<void> {
    if (++turns == 1) throw std::runtime_error("the store is gone");
    if (turns == 3) job.stop();
    co_return;
  });

  job.start();
  io.run_for(10s);

  EXPECT_EQ(turns, 3);
}

TEST(Job, StopsInTheMiddleOfItsPause) {
  asio::io_context io;
  int turns = 0;
  Job job(io.get_executor(), "test", 1h, [&]() -> awaitable<void> {
    ++turns;
    job.stop();
    co_return;
  });

  job.start();
  const auto began = std::chrono::steady_clock::now();
  io.run_for(10s);

  EXPECT_EQ(turns, 1);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 9s) << "nothing is left to wait for";
}

}  // namespace
}  // namespace bordero
