#pragma once

#include <string>

#include "platform/base/env.hpp"

namespace bordero::tasks {

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::text("BORDERO_TASKS_PG_DSN");
  std::string pg_migrate_dsn = env::text("BORDERO_TASKS_PG_MIGRATE_DSN", "");
  std::string redis_url = env::text("BORDERO_TASKS_REDIS_URL");
  std::string amqp_url = env::text("BORDERO_TASKS_AMQP_URL");
};

}  // namespace bordero::tasks
