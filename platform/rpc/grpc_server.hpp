#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "platform/rpc/dispatcher.hpp"

namespace bordero::rpc {

// Serves the dispatchers of a process over gRPC: one server, calls dealt to the workers in turn.
// Mutual TLS alone: who calls is the name in its certificate, whatever its metadata say.
class GrpcServer {
 public:
  struct Target {
    asio::any_io_executor executor;
    Dispatcher* dispatcher;
  };
  // Throws Broken when the address cannot be listened on, BadSetting without TLS.
  GrpcServer(const std::string& address, std::vector<Target> targets);
  ~GrpcServer();
  // Calls under way may go on until then; afterwards they are cancelled.
  void stop(std::chrono::steady_clock::time_point until);
  int port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordero::rpc
