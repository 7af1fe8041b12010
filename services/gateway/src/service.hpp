#pragma once

#include <memory>

#include "platform/base/async.hpp"
#include "platform/rpc/peers.hpp"
#include "services/gateway/src/config.hpp"

namespace bordero::gateway {

// The door of one worker thread: every worker listens on the same address.
class Service {
 public:
  Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers);
  ~Service();
  // Accepts no more, finishes what is under way, ends streams.
  void drain();
  int open_requests() const;
  int port() const;

 private:
  struct Parts;
  static awaitable<httpd::Reply> answered(std::shared_ptr<Parts> parts, httpd::Request request);

  std::shared_ptr<Parts> parts_;
  std::unique_ptr<httpd::Server> server_;
};

}  // namespace bordero::gateway
