#pragma once

#include <memory>
#include <string>

namespace bordero::telemetry {

// Serves /metrics, /healthz and /readyz on a thread of its own, for operators and their tools:
// never reachable from outside. /readyz names each dependency and is 503 while one is down.
class AdminServer {
 public:
  explicit AdminServer(const std::string& address);  // host:port; throws when it is taken.
  ~AdminServer();
  int port() const;  // What the system chose when the address has port 0.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordero::telemetry
