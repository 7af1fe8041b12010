#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "platform/base/log.hpp"
#include "platform/base/log_queue.hpp"

namespace bordero::log {
namespace {

constexpr int kLines = 20'000;

// A process whose log is read by nobody; it gives how that ended, by its exit code.
int life_of_a_writer() {
  start("test", "info");
  for (int i = 0; i < kLines; ++i) info("a line that fills the pipe in time", {{"number", i}});
  if (lost_lines() == 0) return 1;
  return finish(std::chrono::milliseconds(100)) ? 2 : 0;
}

TEST(Log, AStalledReaderStallsNobody) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t writer = fork();
  if (writer == 0) {
    dup2(ends[1], STDOUT_FILENO);
    _exit(life_of_a_writer());
  }

  // A writer that waits for the pipe never ends, and the test runner's limit says so.
  int status = 0;
  ASSERT_EQ(waitpid(writer, &status, 0), writer);

  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  close(ends[0]);
  close(ends[1]);
}

TEST(Log, WhatIsSaidIsWrittenByTheEnd) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t writer = fork();
  if (writer == 0) {
    dup2(ends[1], STDOUT_FILENO);
    start("test", "info");
    info("the last word", {{"number", 7}});
    _exit(finish(std::chrono::seconds(30)) ? 0 : 1);
  }
  close(ends[1]);

  int status = 0;
  ASSERT_EQ(waitpid(writer, &status, 0), writer);
  std::array<char, 4096> text{};
  const auto size = read(ends[0], text.data(), text.size());

  EXPECT_EQ(WEXITSTATUS(status), 0);
  ASSERT_GT(size, 0);
  const std::string_view line(text.data(), static_cast<std::size_t>(size));
  EXPECT_NE(line.find("\"message\":\"the last word\",\"number\":7}"), line.npos) << line;
  close(ends[0]);
}

}  // namespace
}  // namespace bordero::log
