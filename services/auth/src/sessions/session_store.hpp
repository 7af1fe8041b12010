#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bordero/auth/v1/sessions.pb.h"
#include "platform/base/async.hpp"
#include "platform/base/clock.hpp"
#include "platform/pg/database.hpp"
#include "services/auth/src/config.hpp"
#include "services/auth/src/users/user.hpp"

namespace bordero::auth {

using SessionId = Id<v1::Session>;

struct NewSession {
  SessionId id;
  UserId user_id;
  std::string token_hash;
  std::string csrf_token;
  std::string device;
  std::string address;
  bool program = false;
};

// A session whose row is gone: what others must be told about it.
struct EndedSession {
  std::string id;
  std::string user_id;
  std::string token_hash;
};

// A live session as the gateway needs it.
struct LiveSession {
  SessionId id;
  v1::ResolvedSession view;  // Without the identity and what Redis knows.
  Instant signed_in_at;
  bool slides = false;  // Its idle end was last moved over a minute ago.
};

void insert_session(pg::Transaction& tx, const NewSession& session, const Config& config);
// A session that has not ended, of a user who is active.
awaitable<std::optional<LiveSession>> find_live(pg::Transaction& tx, std::string token_hash);
awaitable<std::optional<LiveSession>> find_live(pg::Transaction& tx, SessionId id);
// Moves the idle end; returns it, or nothing when the session has ended meanwhile.
awaitable<std::optional<std::string>> slide(pg::Transaction& tx, SessionId id,
                                            const Config& config);
awaitable<std::vector<v1::Session>> list_sessions(pg::Transaction& tx, UserId user_id);

awaitable<std::vector<EndedSession>> delete_session(pg::Transaction& tx, SessionId id,
                                                    std::optional<UserId> of_user);
awaitable<std::vector<EndedSession>> delete_sessions(pg::Transaction& tx, UserId user_id,
                                                     std::optional<SessionId> except);
// All but the newest `keep`.
awaitable<std::vector<EndedSession>> delete_oldest(pg::Transaction& tx, UserId user_id, int keep);

inline constexpr const char* kExpireSessions = "expire_sessions";
// Some whose end has passed, held for their deletion.
awaitable<std::vector<std::string>> hold_expired(pg::Transaction& tx, int limit);
awaitable<std::vector<EndedSession>> delete_held(pg::Transaction& tx,
                                                 const std::vector<std::string>& ids);

}  // namespace bordero::auth
