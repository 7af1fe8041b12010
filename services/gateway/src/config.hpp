#pragma once

#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"
#include "platform/http/server.hpp"
#include "platform/rpc/queues.hpp"

namespace bordero::gateway {

// Every setting of the gateway.
struct Config {
  std::string http_address = env::text("BORDERO_GATEWAY_HTTP_ADDRESS", "127.0.0.1:8080");
  // Where browsers reach it; requests that change something must come from there.
  std::string public_url = env::text("BORDERO_GATEWAY_PUBLIC_URL", "http://127.0.0.1:8080");
  std::string web_root = env::text("BORDERO_GATEWAY_WEB_ROOT", "web/dist");
  std::string redis_url = env::secret("BORDERO_GATEWAY_REDIS_URL");
  std::string amqp_url = env::secret("BORDERO_GATEWAY_AMQP_URL");
  // Requests a second of one user, how many may come at once, and of an address not signed in.
  double user_rate = static_cast<double>(env::number("BORDERO_GATEWAY_USER_RATE", 50, 1, 100'000));
  double user_burst =
      static_cast<double>(env::number("BORDERO_GATEWAY_USER_BURST", 100, 1, 100'000));
  double address_rate =
      static_cast<double>(env::number("BORDERO_GATEWAY_ADDRESS_RATE", 10, 1, 100'000));
  // The folder of the doors' secrets, and messages a second that each takes of who knows its own.
  std::string door_secrets = env::text("BORDERO_GATEWAY_DOOR_SECRETS", "/etc/bordero/doors");
  double door_rate = static_cast<double>(env::number("BORDERO_GATEWAY_DOOR_RATE", 200, 1, 100'000));
  rpc::Queues queues = rpc::queues();
  httpd::Limits limits = {};
  httpd::Proxies proxies = proxies_of_environment();

 private:
  static httpd::Proxies proxies_of_environment() {
    const std::string header = env::text("BORDERO_GATEWAY_FORWARDED_BY", "x-forwarded-for");
    const std::string protocol = env::text("BORDERO_GATEWAY_PROXY_PROTOCOL", "off");
    if (header != "x-forwarded-for" && header != "forwarded") {
      throw env::BadSetting("BORDERO_GATEWAY_FORWARDED_BY is x-forwarded-for or forwarded");
    }
    if (protocol != "off" && protocol != "v2") {
      throw env::BadSetting("BORDERO_GATEWAY_PROXY_PROTOCOL is off or v2");
    }
    return {.networks = env::text("BORDERO_GATEWAY_TRUSTED_PROXIES", ""),
            .header = header == "forwarded" ? httpd::ForwardedBy::forwarded
                                            : httpd::ForwardedBy::x_forwarded_for,
            .proxy_protocol = protocol == "v2"};
  }
};

}  // namespace bordero::gateway
