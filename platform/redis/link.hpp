#pragma once

#include <hiredis/hiredis.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "platform/redis/client.hpp"
#include "platform/redis/url.hpp"

namespace bordero::redis {

// Commands that travel together, and the coroutine that waits for their replies.
struct Batch {
  explicit Batch(const asio::any_io_executor& executor) : answered(executor) {}

  std::vector<Reply> replies;
  std::size_t missing = 0;
  bool failed = false;
  asio::steady_timer answered;  // Cancelled when nothing is missing any more; else the deadline.
};

class Stream;

// One connection: plain, over TLS, or through a socket of this machine. hiredis writes commands and
// reads replies; what travels is Asio's. Used on one thread.
class Link : public std::enable_shared_from_this<Link> {
 public:
  explicit Link(asio::any_io_executor executor);
  ~Link();

  // False when the place cannot be reached, or is not who its certificate should name.
  awaitable<bool> connect(Url url, std::chrono::milliseconds limit);
  // Queues the commands; they leave with everything else that is queued in this turn of the loop.
  std::shared_ptr<Batch> send(const std::vector<std::vector<std::string>>& commands);
  bool open() const { return open_; }
  std::size_t pending() const { return waiters_.size(); }
  std::chrono::steady_clock::time_point last_reply() const { return last_reply_; }
  void close();  // Fails what waits.
  // Completes when the connection is gone.
  awaitable<void> gone();

 private:
  // One command of a batch, from its sending to its reply.
  struct Waiter {
    std::shared_ptr<Batch> batch;
    std::size_t index;
  };
  awaitable<bool> reach(const Url& url);
  awaitable<void> read();
  awaitable<void> write();
  bool take_replies(const char* bytes, std::size_t size);
  void on_reply(const redisReply& reply);

  asio::any_io_executor executor_;
  asio::ip::tcp::resolver resolver_;
  std::unique_ptr<Stream> stream_;
  std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader_;
  asio::steady_timer gone_;
  bool open_ = false;
  bool closed_ = false;
  bool writing_ = false;
  std::string queued_;
  std::deque<Waiter> waiters_;
  std::chrono::steady_clock::time_point last_reply_{};
};

}  // namespace bordero::redis
