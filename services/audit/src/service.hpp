#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/rpc/dispatcher.hpp"
#include "platform/rpc/peers.hpp"
#include "services/audit/src/config.hpp"

namespace bordero::audit {

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

// What works unasked, once per process: consumer, signer, verifier, sampler.
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

// `bordero audit verify|export|public-key …`; the arguments are those after "audit". The exit code
// is 0 when the log holds, 1 when it does not, 2 when the question could not be understood.
int audit_command(const std::vector<std::string>& arguments);

}  // namespace bordero::audit
