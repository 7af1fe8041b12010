#pragma once

#include <hiredis/async.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "platform/redis/client.hpp"

namespace bordero::redis {

// Commands that travel together, and the coroutine that waits for their replies.
struct Batch {
  explicit Batch(const asio::any_io_executor& executor) : answered(executor) {}

  std::vector<Reply> replies;
  std::size_t missing = 0;
  bool failed = false;
  asio::steady_timer answered;  // Cancelled when nothing is missing any more; else the deadline.
};

// One connection of hiredis, driven by Asio. Used on one thread.
class Link : public std::enable_shared_from_this<Link> {
 public:
  // `address` is numeric: names were resolved without blocking before.
  static std::shared_ptr<Link> open(asio::any_io_executor executor, const std::string& address,
                                    int port);
  ~Link() { close(); }

  // Queues the commands; they leave with everything else that is queued in this turn of the loop.
  std::shared_ptr<Batch> send(const std::vector<std::vector<std::string>>& commands);
  bool open() const { return hiredis_ != nullptr; }
  std::size_t pending() const { return pending_; }
  std::chrono::steady_clock::time_point last_reply() const { return last_reply_; }
  void close();  // Fails what waits.
  // Completes when the connection is gone.
  awaitable<void> gone();

 private:
  explicit Link(asio::any_io_executor executor);
  struct Waiter;
  static void on_reply(redisAsyncContext*, void* reply, void* waiter);
  static void add_read(void* link);
  static void add_write(void* link);
  static void ignore(void*) {}
  static void clean_up(void* link);
  void wait(asio::posix::stream_descriptor::wait_type type, bool& waiting,
            void (*handle)(redisAsyncContext*));

  asio::any_io_executor executor_;
  redisAsyncContext* hiredis_ = nullptr;
  asio::posix::stream_descriptor descriptor_;
  asio::steady_timer gone_;
  bool reading_ = false;
  bool writing_ = false;
  std::size_t pending_ = 0;
  std::chrono::steady_clock::time_point last_reply_{};
};

}  // namespace bordero::redis
