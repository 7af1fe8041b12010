#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/redis/client.hpp"
#include "services/auth/src/sessions/session_store.hpp"

namespace bordero::auth {

// What the gateway keeps about sessions in Redis, seen from here: PostgreSQL is the truth.
class SessionCache {
 public:
  explicit SessionCache(redis::Client& redis) : redis_(redis) {}

  // Called after the commit and before the answer. When Redis cannot be reached the end stands all
  // the same: the gateway confirms each session within 30 s.
  awaitable<void> forget(const std::vector<EndedSession>& ended);
  // The same, and nothing resolved before this epoch is good any more.
  awaitable<void> forget(const std::vector<EndedSession>& ended, std::string user_id,
                         std::int64_t epoch);
  // The version of the user's rights that CRM announced; 0 when it never did.
  awaitable<std::int64_t> acl_version(std::string user_id);

 private:
  awaitable<void> send(std::vector<std::vector<std::string>> commands);
  redis::Client& redis_;
};

}  // namespace bordero::auth
