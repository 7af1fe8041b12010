#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace bordero {

namespace asio = boost::asio;

// A coroutine that runs on one worker thread's io_context from its first line to its last.
template <class T>
using awaitable = asio::awaitable<T>;

}  // namespace bordero
