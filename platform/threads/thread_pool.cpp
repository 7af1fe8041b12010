#include "platform/threads/thread_pool.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bordero {

ThreadPool::ThreadPool(Limits limits) : limits_(std::move(limits)) {
  if (!limits_.gauge.empty()) running_ = telemetry::gauge(limits_.gauge, limits_.help);
  for (int i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { serve(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool ThreadPool::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= limits_.waiting + static_cast<std::size_t>(idle_)) {
      return false;
    }
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void ThreadPool::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    --idle_;
    if (stopping_) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    Outcome outcome = Outcome::refused;
    std::exception_ptr failure;
    if (std::chrono::steady_clock::now() - job.queued_at <= limits_.wait) {
      outcome = Outcome::done;
      if (running_) running_->add(1);
      try {
        job.work();
      } catch (...) {
        failure = std::current_exception();
      }
      if (running_) running_->add(-1);
    }
    job.finish(outcome, failure);
    job = {};
    lock.lock();
  }
}

awaitable<Result<void>> ThreadPool::run(std::function<void()> work) {
  const auto begin = [this, &work](auto handler) {
    // A job waits in a copyable queue, while a coroutine's handler can only be moved.
    auto held = std::make_shared<decltype(handler)>(std::move(handler));
    auto executor = asio::prefer(asio::get_associated_executor(*held),
                                 asio::execution::outstanding_work.tracked);
    Finish finish = [held, executor](Outcome outcome, std::exception_ptr failure) {
      asio::post(executor, [held, outcome, failure] { (*held)(failure, outcome); });
    };
    Job job{std::move(work), finish, std::chrono::steady_clock::now()};
    if (!submit(std::move(job))) finish(Outcome::refused, nullptr);
  };
  const Outcome outcome =
      co_await asio::async_initiate<const asio::use_awaitable_t<>&,
                                    void(std::exception_ptr, Outcome)>(begin, asio::use_awaitable);
  if (outcome == Outcome::refused) co_return unavailable(limits_.busy, 2);
  co_return Result<void>{};
}

}  // namespace bordero
