#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include "platform/pg/connection.hpp"
#include "platform/pg/database.hpp"
#include "platform/pg/pool.hpp"

namespace bordero::pg {

struct Transaction::State {
  State(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection, const Context& context,
        bool reading);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void start();  // Sets the deadline; apart from the constructor, since it may throw.
  Connection& live();
  // Sends what is queued; throws the first failure. In a transaction that failure stays.
  awaitable<void> settle();
  void throw_new_failures();
  awaitable<void> commit();
  void keep_reply(const std::string& reply, const std::string& type);

  std::shared_ptr<Pool> pool;
  std::unique_ptr<Connection> connection;
  const Context& context;
  bool reading;
  std::size_t checked = 0;  // Outcomes before this one were looked at.
  std::exception_ptr failure;
  std::vector<std::function<void()>> after_commit;
};

}  // namespace bordero::pg
