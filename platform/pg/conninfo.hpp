#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/async.hpp"

namespace bordero::pg {

using Deadline = std::chrono::steady_clock::time_point;

// One place to connect to, as libpq keywords and values.
struct Target {
  std::vector<std::pair<std::string, std::string>> settings;
};

// A connection string taken apart, host by host: libpq's own walk over the hosts knows no timeout
// when it is asynchronous, and resolves names blocking.
class ConnInfo {
 public:
  // Throws Broken for a malformed string, without quoting it.
  ConnInfo(const std::string& dsn, const std::string& application_name);

  std::size_t hosts() const { return hosts_.size(); }
  std::chrono::milliseconds host_timeout() const { return host_timeout_; }
  // The targets of one host: one for each of its addresses; none when its name has none.
  awaitable<std::vector<Target>> targets(std::size_t host) const;

 private:
  struct Host {
    std::string name;
    std::string address;
    std::string port;
  };
  Target target(const Host& host, const std::string& address) const;

  std::vector<std::pair<std::string, std::string>> common_;
  std::vector<Host> hosts_;
  std::chrono::milliseconds host_timeout_{2000};
};

}  // namespace bordero::pg
