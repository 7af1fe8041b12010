#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

namespace bordero::redis {

// An answer of Redis.
struct Reply {
  enum class Type { nil, text, integer, array, error } type = Type::nil;
  std::string text = {};
  std::int64_t integer = 0;
  std::vector<Reply> items = {};
  bool is_nil() const { return type == Type::nil; }
};

// One connection of one worker thread; commands of concurrent coroutines travel in one pipeline.
// Reconnects by itself with backoff; while it cannot, commands answer unavailable("redis_down") at
// once. A command that is not answered within 500 ms fails the same way.
class Client {
 public:
  Client(asio::any_io_executor executor, std::string url);  // redis://user:password@host:port/0
  ~Client();
  awaitable<Result<Reply>> command(std::vector<std::string> words);
  // All of them in one round trip; fails as a whole when the connection does.
  awaitable<Result<std::vector<Reply>>> commands(std::vector<std::vector<std::string>> list);
  bool connected() const;
  // Changes when the server behind the address is another than before (its replication id): what
  // was cached there must then be treated as empty.
  const std::string& replication_id() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace bordero::redis
