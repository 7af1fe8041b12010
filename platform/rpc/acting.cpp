#include "platform/rpc/acting.hpp"

#include "platform/pg/param.hpp"
#include "platform/rpc/channel.hpp"

namespace bordero::rpc {
namespace {}  // namespace

awaitable<Result<Context>> act_for(Peers& peers, const char* service, std::string user_id,
                                   auth::v1::Via via, std::chrono::milliseconds limit) {
  const Context asking = system_context("act_for", limit);
  auth::v1::IdentityForRequest request;
  request.set_user_id(user_id);
  request.set_via(via);
  CO_TRY(const auto identity, co_await ask<auth::v1::ActingIdentity>(
                                  peers.to("auth"), service, asking,
                                  "bordero.auth.v1.SessionService/IdentityFor", request));
  Context acting = asking;
  acting.identity_token = identity.identity_token();
  acting.caller = {
      .user_id = std::move(user_id),
      .role = role_from_name(pg::enum_tail(auth::v1::Role_descriptor(), identity.role())),
      .epoch = identity.epoch(),
      .acl_version = identity.acl_version(),
      .service = service,
      .via = pg::enum_tail(auth::v1::Via_descriptor(), via)};
  co_return acting;
}

}  // namespace bordero::rpc
