#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "services/auth/src/sessions/session_cache.hpp"

namespace bordero::auth {

class SessionRpc {
 public:
  SessionRpc(pg::Database& db, redis::Client& redis) : db_(db), cache_(redis) {}
  awaitable<Result<common::v1::Empty>> logout(Context& context, const v1::LogoutRequest& request);
  awaitable<Result<v1::SessionReply>> get_session(Context& context,
                                                  const v1::GetSessionRequest& request);
  awaitable<Result<v1::ListSessionsReply>> list_sessions(Context& context,
                                                         const v1::ListSessionsRequest& request);
  awaitable<Result<common::v1::Empty>> end_session(Context& context,
                                                   const v1::EndSessionRequest& request);
  awaitable<Result<v1::EndAllSessionsReply>> end_all_sessions(
      Context& context, const v1::EndAllSessionsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&SessionRpc::logout, &SessionRpc::get_session, &SessionRpc::list_sessions,
                      &SessionRpc::end_session, &SessionRpc::end_all_sessions);
  }

 private:
  pg::Database& db_;
  SessionCache cache_;
};

}  // namespace bordero::auth
