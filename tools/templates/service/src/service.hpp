#pragma once

#include <memory>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/peers.hpp"
#include "services/@word@/src/config.hpp"

namespace bordero::@name@ {

// What answers requests, once per worker thread.
class Service {
 public:
  Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers);
  ~Service();
  void add_to(rpc::Dispatcher& dispatcher);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// What works unasked, once per process: sends the outbox, takes events.
class Background {
 public:
  Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers);
  ~Background();
  void start();
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

const std::vector<pg::Migration>& migrations();

}  // namespace bordero::@name@
