#pragma once

#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/pg/database.hpp"
#include "services/auth/src/config.hpp"

namespace bordero::auth {

struct SigningKey {
  std::string kid;
  std::string public_key;
  std::string sealed_secret;
  std::string not_after;  // Until when tokens of this key may be met.
  bool signs = false;     // The one that signs now.
};

// Every key that verifiers need, the coming one included.
awaitable<std::vector<SigningKey>> list_keys(pg::Transaction& tx);
// Makes the first key, or the next one a day before the current one stops, and drops keys whose
// tokens have all expired. Safe to repeat and to race.
awaitable<void> renew_keys(pg::Transaction& tx, const Config& config);

}  // namespace bordero::auth
