#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "services/auth/src/keys/key_book.hpp"
#include "services/auth/src/sessions/session_cache.hpp"

namespace bordero::auth {

// What the other services ask: whose session this is, and which keys sign.
class ResolveRpc {
 public:
  ResolveRpc(pg::Database& db, redis::Client& redis, const Config& config, KeyBook& keys)
      : db_(db), config_(config), keys_(keys), cache_(redis) {}
  awaitable<Result<v1::ResolvedSession>> resolve_session(Context& context,
                                                         const v1::ResolveSessionRequest& request);
  awaitable<Result<v1::RenewedIdentity>> renew_identity(Context& context,
                                                        const v1::RenewIdentityRequest& request);
  awaitable<Result<v1::ActingIdentity>> identity_for(Context& context,
                                                     const v1::IdentityForRequest& request);
  awaitable<Result<v1::KeySet>> get_keys(Context& context, const v1::GetKeysRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&ResolveRpc::resolve_session, &ResolveRpc::renew_identity,
                      &ResolveRpc::identity_for, &ResolveRpc::get_keys);
  }

 private:
  awaitable<Result<LiveSession>> find(Context& context, const std::string& token_hash);
  awaitable<Result<std::string>> slide_idle_end(Context& context, SessionId id);
  awaitable<Result<void>> add_identity(Context& context, LiveSession& session);

  pg::Database& db_;
  const Config& config_;
  KeyBook& keys_;
  SessionCache cache_;
};

}  // namespace bordero::auth
