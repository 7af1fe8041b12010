#pragma once

#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::notifications {

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::secret("BORDERO_NOTIFICATIONS_PG_DSN");
  std::string pg_migrate_dsn = env::secret("BORDERO_NOTIFICATIONS_PG_MIGRATE_DSN", "");
  std::string redis_url = env::secret("BORDERO_NOTIFICATIONS_REDIS_URL");
  std::string amqp_url = env::secret("BORDERO_NOTIFICATIONS_AMQP_URL");
  // For how many days a notification is kept after it was read, and one that nobody read.
  int keep_read_days =
      static_cast<int>(env::number("BORDERO_NOTIFICATIONS_KEEP_READ_DAYS", 180, 1, 3650));
  int keep_unread_days =
      static_cast<int>(env::number("BORDERO_NOTIFICATIONS_KEEP_UNREAD_DAYS", 365, 1, 3650));
};

}  // namespace bordero::notifications
