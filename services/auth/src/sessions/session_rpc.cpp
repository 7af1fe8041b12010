#include "services/auth/src/sessions/session_rpc.hpp"

#include "services/auth/src/events.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {
namespace {

// Whose sessions are meant: the caller's own, or, for an admin, anybody's.
Result<UserId> owner_of(const Caller& caller, const std::string& user_id) {
  if (user_id.empty() || user_id == caller.user_id) {
    return parse_id<v1::User>(caller.user_id, "user_id");
  }
  if (caller.role != Role::admin) return forbidden("role_not_allowed");
  return parse_id<v1::User>(user_id, "user_id");
}

}  // namespace

// Signing out is never refused: a session that has ended already is what was asked for.
awaitable<Result<common::v1::Empty>> SessionRpc::logout(Context& context,
                                                        const v1::LogoutRequest&) {
  CO_TRY(const auto id, parse_id<v1::Session>(context.caller.session_id, "session_id"));
  CO_TRY(auto tx, co_await db_.begin(context));
  const auto ended = co_await delete_session(tx, id, std::nullopt);
  publish_ended(tx, context, ended, "logout");
  CO_TRY_VOID(co_await tx.commit());
  co_await cache_.forget(ended);
  co_return common::v1::Empty();
}

awaitable<Result<v1::SessionReply>> SessionRpc::get_session(Context& context,
                                                            const v1::GetSessionRequest&) {
  CO_TRY(const auto id, parse_id<v1::Session>(context.caller.session_id, "session_id"));
  CO_TRY(auto tx, co_await db_.read(context));
  const auto session = co_await find_live(tx, id);
  if (!session) co_return unauthenticated("session_expired");

  v1::SessionReply reply;
  *reply.mutable_user() = session->view.user();
  reply.set_csrf_token(session->view.csrf_token());
  reply.set_session_id(session->view.session_id());
  reply.set_idle_ends_at(session->view.idle_ends_at());
  reply.set_ends_at(session->view.ends_at());
  reply.set_time_zone(clock::time_zone());
  reply.set_today(clock::today().str());
  co_return reply;
}

awaitable<Result<v1::ListSessionsReply>> SessionRpc::list_sessions(
    Context& context, const v1::ListSessionsRequest& request) {
  CO_TRY(const auto owner, owner_of(context.caller, request.user_id()));
  CO_TRY(auto tx, co_await db_.read(context));
  const auto sessions = co_await auth::list_sessions(tx, owner);

  v1::ListSessionsReply reply;
  for (const v1::Session& session : sessions) {
    auto* added = reply.add_sessions();
    *added = session;
    added->set_current(session.id() == context.caller.session_id);
  }
  co_return reply;
}

awaitable<Result<common::v1::Empty>> SessionRpc::end_session(Context& context,
                                                             const v1::EndSessionRequest& request) {
  CO_TRY(const auto id, parse_id<v1::Session>(request.session_id(), "session_id"));
  CO_TRY(const auto caller, parse_id<v1::User>(context.caller.user_id, "user_id"));
  std::optional<UserId> of_user;
  if (context.caller.role != Role::admin) of_user = caller;
  CO_TRY(auto tx, co_await db_.begin(context));
  const auto ended = co_await delete_session(tx, id, of_user);
  if (ended.empty()) co_return not_found("session_not_found");

  const bool own = ended.front().user_id == context.caller.user_id;
  publish_ended(tx, context, ended, own ? "ended_by_user" : "ended_by_admin");
  CO_TRY_VOID(co_await tx.commit());
  co_await cache_.forget(ended);
  co_return common::v1::Empty();
}

awaitable<Result<v1::EndAllSessionsReply>> SessionRpc::end_all_sessions(
    Context& context, const v1::EndAllSessionsRequest& request) {
  CO_TRY(const auto owner, owner_of(context.caller, request.user_id()));
  const bool own = owner.str() == context.caller.user_id;
  std::optional<SessionId> asking;
  if (own) {
    CO_TRY(asking, parse_id<v1::Session>(context.caller.session_id, "session_id"));
  }
  CO_TRY(auto tx, co_await db_.begin(context));
  const auto account = co_await lock_account(tx, owner);
  if (!account) co_return not_found("user_not_found");
  const auto ended = co_await delete_sessions(tx, owner, asking);
  const std::int64_t epoch = co_await raise_epoch(tx, owner);
  publish_ended(tx, context, ended, own ? "ended_by_user" : "ended_by_admin");
  CO_TRY_VOID(co_await tx.commit());
  co_await cache_.forget(ended, owner.str(), epoch);

  v1::EndAllSessionsReply reply;
  reply.set_ended(static_cast<int>(ended.size()));
  co_return reply;
}

}  // namespace bordero::auth
