#pragma once

#include <chrono>
#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::audit {

// Read once at start; a missing or malformed value stops the process.
struct Config {
  std::string pg_dsn = env::secret("BORDERO_AUDIT_PG_DSN");
  std::string amqp_url = env::secret("BORDERO_AUDIT_AMQP_URL");
  std::string signing_key = env::key_file("BORDERO_AUDIT_SIGNING_KEY_FILE");
  std::chrono::seconds head_period{env::number("BORDERO_AUDIT_HEAD_SECONDS", 60, 1, 3600)};
  std::int64_t head_records = env::number("BORDERO_AUDIT_HEAD_RECORDS", 1000, 1, 1'000'000);
  std::chrono::minutes verify_period =
      env::minutes("BORDERO_AUDIT_VERIFY_MINUTES", std::chrono::minutes(60));
  std::chrono::seconds long_transaction{
      env::number("BORDERO_AUDIT_LONG_TRANSACTION_SECONDS", 5, 1, 86'400)};
};

}  // namespace bordero::audit
