#pragma once

#include <map>
#include <memory>
#include <string>

#include "platform/http/server.hpp"
#include "platform/mq/publisher.hpp"
#include "platform/rpc/queues.hpp"
#include "services/gateway/src/config.hpp"
#include "services/gateway/src/doors/secret_file.hpp"
#include "services/gateway/src/limits/rate_limits.hpp"

namespace bordero::gateway {

// The doors of the contract: what comes from outside with the right secret goes into the door's
// queue as it came. 200 after the broker's confirm; anything else may be sent again. One for all
// worker threads of a process.
class Doors {
 public:
  // `strangers` limits addresses whose secret is wrong; who knows the secret has a limit of the
  // door's own.
  Doors(const Config& config, RateLimits& strangers);

  bool has(const std::string& path) const { return doors_.contains(path); }
  awaitable<httpd::Response> receive(httpd::Request request);

 private:
  struct Door {
    Door(Webhook declaration, std::string secret_file)
        : declared(std::move(declaration)), secret(std::move(secret_file)) {}
    Webhook declared;
    SecretFile secret;
  };
  Result<void> admit(Door& door, const httpd::Request& request);
  awaitable<Result<void>> take(Door& door, httpd::Request request);

  RateLimits& strangers_;
  RateLimits senders_;
  std::map<std::string, std::unique_ptr<Door>> doors_;  // By path.
  std::unique_ptr<mq::Publisher> publisher_;            // None without doors.
};

// Whether the request proves that it comes from who knows one of the secrets.
bool proves_secret(const Webhook& door, const httpd::Request& request,
                   const std::vector<std::string>& secrets);

}  // namespace bordero::gateway
