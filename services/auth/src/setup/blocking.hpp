#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "platform/base/async.hpp"
#include "platform/base/result.hpp"

namespace bordero::auth {

template <class T>
awaitable<void> keep_result(awaitable<Result<T>> work, std::optional<Result<T>>& result) {
  result.emplace(co_await std::move(work));
}

// Runs the work to its end on this thread: commands have no workers. What it throws, and an Error
// that it returns, are thrown here.
template <class T>
T run_blocking(asio::io_context& io, awaitable<Result<T>> work) {
  std::optional<Result<T>> result;
  std::exception_ptr failure;
  asio::co_spawn(io, keep_result(std::move(work), result), [&](std::exception_ptr thrown) {
    failure = thrown;
    io.stop();  // Pools keep timers of their own.
  });
  io.restart();
  io.run();
  if (failure) std::rethrow_exception(failure);
  if (!*result) throw Broken(result->error().reason);
  return std::move(**result);
}

}  // namespace bordero::auth
