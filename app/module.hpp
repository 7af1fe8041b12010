#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero {
struct SeedOptions;
}

namespace bordero::app {

// What a service does unasked, once per process.
class Backstage {
 public:
  virtual ~Backstage() = default;
  virtual void start() = 0;
  virtual void stop() = 0;
};

// A service as the executable hosts it: in this process, or in one that is asked over gRPC.
class Module {
 public:
  Module(std::string name, std::string default_address);
  virtual ~Module() = default;

  const std::string& name() const { return name_; }  // Also its word on the command line.
  std::string settings_prefix() const;               // BORDERO_CRM_
  // Of its gRPC server: BORDERO_CRM_RPC_ADDRESS.
  const std::string& address() const { return address_; }
  // Of the database's owner: BORDERO_CRM_PG_MIGRATE_DSN, or nothing.
  const std::string& owner_dsn() const { return owner_dsn_; }
  bool here() const { return here_; }

  // Reads its settings, since it runs in this process.
  virtual void settle_here() = 0;
  virtual const std::vector<pg::Migration>& migrations() const = 0;
  virtual void seed(const SeedOptions& options) const = 0;
  // Its handlers, for one worker thread; they live as long as what this returns.
  virtual std::shared_ptr<void> serve(asio::any_io_executor executor, rpc::Peers& peers,
                                      rpc::Dispatcher& dispatcher) const = 0;
  virtual std::unique_ptr<Backstage> backstage(asio::any_io_executor executor,
                                               rpc::Peers& peers) const = 0;

 protected:
  bool here_ = false;

 private:
  std::string name_;
  std::string address_;
  std::string owner_dsn_;
};

using Modules = std::vector<std::unique_ptr<Module>>;

// Every service but the gateway, those that others ask first. Here a new service is entered.
Modules all_modules();

}  // namespace bordero::app
