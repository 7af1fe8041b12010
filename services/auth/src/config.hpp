#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "platform/base/env.hpp"
#include "platform/base/secret.hpp"

namespace bordero::auth {

// Argon2id below this resists too little; tests alone go lower, never through the environment.
inline constexpr int kArgonMemoryFloorKib = 46 * 1024;

struct Config {  // Read once at start; a missing or malformed value stops the process.
  std::string pg_dsn = env::secret("BORDERO_AUTH_PG_DSN");
  std::string pg_migrate_dsn = env::secret("BORDERO_AUTH_PG_MIGRATE_DSN", "");
  std::string redis_url = env::secret("BORDERO_AUTH_REDIS_URL");
  std::string amqp_url = env::secret("BORDERO_AUTH_AMQP_URL");
  std::string public_url = env::text("BORDERO_AUTH_PUBLIC_URL");  // Of one-time links.
  std::string first_admin_email = env::text("BORDERO_AUTH_FIRST_ADMIN_EMAIL", "admin@localhost");

  // One key of 64 hex digits a line; its line is its version and the last one is current.
  std::string peppers = env::secret_in_file("BORDERO_AUTH_PEPPER_FILE");
  std::string seal_key = env::key_file("BORDERO_AUTH_SEAL_KEY_FILE");
  int argon2_memory_kib = static_cast<int>(
      env::number("BORDERO_AUTH_ARGON2_MEMORY_KIB", 65'536, kArgonMemoryFloorKib, 1'048'576));
  int argon2_passes = static_cast<int>(env::number("BORDERO_AUTH_ARGON2_PASSES", 3, 1, 20));

  std::chrono::minutes session_idle =
      std::chrono::minutes(env::number("BORDERO_AUTH_SESSION_IDLE_MINUTES", 60, 1, 8 * 60));
  std::chrono::hours session_absolute =
      std::chrono::hours(env::number("BORDERO_AUTH_SESSION_ABSOLUTE_HOURS", 12, 1, 24));
  std::chrono::hours invitation_life = std::chrono::hours(72);
  std::chrono::hours key_life = std::chrono::hours(30 * 24);
  int pool_size = static_cast<int>(env::number("BORDERO_AUTH_PG_POOL", 8, 1, 100));
};

}  // namespace bordero::auth
