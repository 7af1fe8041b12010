#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "app/config.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/peers.hpp"
#include "services/audit/src/service.hpp"
#include "services/auth/src/service.hpp"
#include "services/crm/src/service.hpp"
#include "services/gateway/src/service.hpp"

namespace bordero::app {

// The settings of the services that this process runs.
struct ServiceConfigs {
  std::optional<auth::Config> auth;
  std::optional<crm::Config> crm;
  std::optional<audit::Config> audit;
  std::optional<gateway::Config> gateway;

  explicit ServiceConfigs(const std::set<std::string>& names);
};

// One thread and everything that lives on it: an io_context, the services of this process, their
// dispatcher, and the channels to the services that live elsewhere.
class Worker {
 public:
  Worker(const Config& config, const ServiceConfigs& services);
  ~Worker();

  void start();  // Runs the io_context on a thread of its own.
  void stop();
  asio::any_io_executor executor() { return io_.get_executor(); }
  rpc::Peers& peers() { return peers_; }
  rpc::Dispatcher& dispatcher() { return dispatcher_; }

 private:
  void connect(const std::string& service, bool here, const std::string& address);
  awaitable<Result<std::vector<rpc::PublicKey>>> fetch_keys();

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_{io_.get_executor()};
  rpc::Peers peers_;
  rpc::KeyRing keys_;
  rpc::Dispatcher dispatcher_;
  std::unique_ptr<auth::Service> auth_;
  std::unique_ptr<crm::Service> crm_;
  std::unique_ptr<audit::Service> audit_;
  const char* process_name_;
  std::thread thread_;
};

}  // namespace bordero::app
