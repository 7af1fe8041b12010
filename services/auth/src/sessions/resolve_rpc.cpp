#include "services/auth/src/sessions/resolve_rpc.hpp"

#include "platform/pg/param.hpp"
#include "platform/policy/policy.hpp"
#include "platform/rpc/identity.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {
namespace {

constexpr std::chrono::seconds kIdentityLife{120};
constexpr std::chrono::seconds kActingLife{60};

// Whether users have this way of being acted for. What somebody told the clock needs no link; to a
// messenger nobody's account is linked here.
bool has_way(v1::Via via) { return via == v1::VIA_SCHEDULE; }

std::int64_t unix_seconds(Instant instant) {
  return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

rpc::Identity identity_of(const LiveSession& session) {
  const v1::ResolvedSession& view = session.view;
  rpc::Identity identity;
  identity.caller.user_id = view.user().id();
  identity.caller.role = role_of(view.user().role());
  identity.caller.session_id = view.session_id();
  identity.caller.epoch = view.epoch();
  identity.caller.acl_version = view.acl_version();
  identity.auth_time = unix_seconds(session.signed_in_at);
  // Tokens are checked against the machine's clock, never against shifted business time.
  identity.expires_at = unix_seconds(std::chrono::system_clock::now() + kIdentityLife);
  return identity;
}

}  // namespace

awaitable<Result<LiveSession>> ResolveRpc::find(Context& context, const std::string& token_hash) {
  CO_TRY(auto tx, co_await db_.read(context));
  auto session = co_await find_live(tx, token_hash);
  if (!session) co_return unauthenticated("session_expired");
  co_return std::move(*session);
}

awaitable<Result<std::string>> ResolveRpc::slide_idle_end(Context& context, SessionId id) {
  CO_TRY(auto tx, co_await db_.begin(context));
  const auto idle_end = co_await slide(tx, id, config_);
  if (!idle_end) co_return unauthenticated("session_expired");
  CO_TRY_VOID(co_await tx.commit());
  co_return *idle_end;
}

awaitable<Result<void>> ResolveRpc::add_identity(Context& context, LiveSession& session) {
  CO_TRY(const auto signer, co_await keys_.signer(context));
  session.view.set_acl_version(co_await cache_.acl_version(session.view.user().id()));
  const rpc::Identity identity = identity_of(session);
  session.view.set_identity_token(rpc::sign_identity(identity, signer.kid, signer.secret_key));
  session.view.set_identity_expires_at(identity.expires_at);
  co_return Result<void>{};
}

awaitable<Result<v1::ResolvedSession>> ResolveRpc::resolve_session(
    Context& context, const v1::ResolveSessionRequest& request) {
  CO_TRY(auto session, co_await find(context, request.token_hash()));
  if (session.slides) {
    CO_TRY(const auto idle_end, co_await slide_idle_end(context, session.id));
    session.view.set_idle_ends_at(idle_end);
  }
  CO_TRY_VOID(co_await add_identity(context, session));
  co_return std::move(session.view);
}

awaitable<Result<v1::RenewedIdentity>> ResolveRpc::renew_identity(
    Context& context, const v1::RenewIdentityRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Session>(request.session_id(), "session_id"));
  auto tx = co_await db_.read(context);
  if (!tx) co_return std::move(tx).error();
  auto session = co_await find_live(*tx, id);
  const bool same = session && session->view.user().id() == request.user_id() &&
                    session->view.epoch() == request.epoch();
  if (!same) co_return unauthenticated("session_expired");
  CO_TRY_VOID(co_await add_identity(context, *session));
  v1::RenewedIdentity renewed;
  renewed.set_identity_token(session->view.identity_token());
  renewed.set_identity_expires_at(session->view.identity_expires_at());
  co_return renewed;
}

// Check and effect are one question to the database: a block that is committed is seen.
awaitable<Result<v1::ActingIdentity>> ResolveRpc::identity_for(
    Context& context, const v1::IdentityForRequest& request) {
  const auto via = pg::enum_tail(v1::Via_descriptor(), request.via());
  if (!policy::may(context.caller, "act_for." + via)) co_return forbidden("via_not_allowed");
  if (!has_way(request.via())) co_return refused("via_not_linked");
  CO_TRY(const auto id, parse_id<v1::User>(request.user_id(), "user_id"));
  CO_TRY(auto tx, co_await db_.read(context));
  const auto account = co_await find_account(tx, id);
  const bool active = account && account->user.status() == v1::USER_STATUS_ACTIVE;
  if (!active) co_return forbidden("user_not_active");

  CO_TRY(const auto signer, co_await keys_.signer(context));
  const std::int64_t acl_version = co_await cache_.acl_version(account->user.id());
  rpc::Identity identity;
  identity.caller = {.user_id = account->user.id(),
                     .role = role_of(account->user.role()),
                     .epoch = account->epoch,
                     .acl_version = acl_version,
                     .via = via};
  identity.expires_at = unix_seconds(std::chrono::system_clock::now() + kActingLife);
  v1::ActingIdentity acting;
  acting.set_identity_token(rpc::sign_identity(identity, signer.kid, signer.secret_key));
  acting.set_identity_expires_at(identity.expires_at);
  acting.set_role(account->user.role());
  acting.set_epoch(account->epoch);
  acting.set_acl_version(acl_version);
  co_return acting;
}

awaitable<Result<v1::KeySet>> ResolveRpc::get_keys(Context& context, const v1::GetKeysRequest&) {
  CO_TRY(const auto keys, co_await keys_.keys(context));
  v1::KeySet set;
  for (const SigningKey& key : keys) {
    auto* added = set.add_keys();
    added->set_kid(key.kid);
    added->set_public_key(key.public_key);
    added->set_not_after(key.not_after);
  }
  co_return set;
}

}  // namespace bordero::auth
