#pragma once

#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::crm {

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::secret("BORDERO_CRM_PG_DSN");
  std::string pg_migrate_dsn = env::secret("BORDERO_CRM_PG_MIGRATE_DSN", "");
  std::string redis_url = env::secret("BORDERO_CRM_REDIS_URL");
  std::string amqp_url = env::secret("BORDERO_CRM_AMQP_URL");
  // So many days before its end a policy waits for its renewal.
  int renewal_notice_days =
      static_cast<int>(env::number("BORDERO_CRM_RENEWAL_NOTICE_DAYS", 30, 1, 180));
  // A premium that grows by more than so many percent at its renewal is marked as a risk.
  int renewal_risk_percent =
      static_cast<int>(env::number("BORDERO_CRM_RENEWAL_RISK_PERCENT", 15, 0, 1000));
  int pool_size = static_cast<int>(env::number("BORDERO_CRM_PG_POOL", 8, 1, 100));
  // Where DejaVu Sans lies, for the PDFs that clients get.
  std::string font_folder =
      env::text("BORDERO_CRM_FONT_FOLDER", "/usr/share/fonts/truetype/dejavu");
};

}  // namespace bordero::crm
