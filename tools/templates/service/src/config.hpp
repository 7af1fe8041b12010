#pragma once

#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::@name@ {

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::secret("BORDERO_@NAME@_PG_DSN");
  std::string amqp_url = env::secret("BORDERO_@NAME@_AMQP_URL");
};

}  // namespace bordero::@name@
