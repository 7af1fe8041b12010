#pragma once

#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::tasks {

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::secret("BORDERO_TASKS_PG_DSN");
  std::string pg_migrate_dsn = env::secret("BORDERO_TASKS_PG_MIGRATE_DSN", "");
  std::string redis_url = env::secret("BORDERO_TASKS_REDIS_URL");
  std::string amqp_url = env::secret("BORDERO_TASKS_AMQP_URL");
};

}  // namespace bordero::tasks
