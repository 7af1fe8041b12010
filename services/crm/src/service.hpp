#pragma once

#include <memory>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/peers.hpp"
#include "services/crm/src/config.hpp"

namespace bordero::crm {

// Clients, deals, their journal, insurers and search, for one worker thread.
class Service {
 public:
  Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers);
  ~Service();
  void add_to(rpc::Dispatcher& dispatcher);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// What CRM does by itself: sends events, follows Auth's users, hands over deals of blocked ones.
// Once per process.
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

}  // namespace bordero::crm
