#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/result.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero {

// Threads for what takes longer than a few milliseconds (hashes of passwords, documents on paper),
// so that it neither holds up a worker nor exhausts memory: few at once, a short queue, a short
// wait, then `unavailable`. One pool serves all worker threads of a process.
class ThreadPool {
 public:
  struct Limits {
    int threads = 4;
    std::size_t waiting = 32;
    std::chrono::milliseconds wait{2'000};
    std::string busy = "busy";  // The reason of who is refused.
    std::string gauge = "";     // Of what is under way: its name and what it says.
    std::string help = "";
  };
  explicit ThreadPool(Limits limits);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;

  // Runs `work` on a thread of the pool and resumes where it was called. What it throws arrives.
  awaitable<Result<void>> run(std::function<void()> work);

 private:
  enum class Outcome { done, refused };
  using Finish = std::function<void(Outcome, std::exception_ptr)>;
  struct Job {
    std::function<void()> work;
    Finish finish;
    std::chrono::steady_clock::time_point queued_at;
  };
  bool submit(Job job);
  void serve();

  Limits limits_;
  std::optional<telemetry::Gauge> running_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  int idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

// The same for work with a value: `CO_TRY(const auto hash, co_await on_pool(pool, work))`.
template <class Work, class Value = std::invoke_result_t<Work>>
awaitable<Result<Value>> on_pool(ThreadPool& pool, Work work) {
  std::optional<Value> value;
  std::function<void()> keep = [&value, &work] { value = work(); };
  const auto done = co_await pool.run(std::move(keep));
  if (!done) co_return done.error();
  co_return std::move(*value);
}

}  // namespace bordero
