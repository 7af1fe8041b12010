#pragma once

#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::payments {

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::secret("BORDERO_PAYMENTS_PG_DSN");
  std::string pg_migrate_dsn = env::secret("BORDERO_PAYMENTS_PG_MIGRATE_DSN", "");
  std::string redis_url = env::secret("BORDERO_PAYMENTS_REDIS_URL");
  std::string amqp_url = env::secret("BORDERO_PAYMENTS_AMQP_URL");
};

}  // namespace bordero::payments
