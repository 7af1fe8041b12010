#include "platform/jobs/identity.hpp"

#include "bordero/auth/v1/sessions.pb.h"

namespace bordero::jobs {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto kFresh = seconds(30);  // Of the two minutes that a token lives.

}  // namespace

awaitable<Result<std::string>> SessionIdentity::token() {
  if (!token_.empty() && steady_clock::now() - renewed_at_ < kFresh) co_return token_;
  co_return co_await renew();
}

awaitable<Result<std::string>> SessionIdentity::renew() {
  const Context ctx = system_context("renew_identity", seconds(5));
  auth::v1::RenewIdentityRequest request;
  request.set_session_id(caller_.session_id);
  request.set_user_id(caller_.user_id);
  request.set_epoch(caller_.epoch);
  CO_TRY(const auto renewed, co_await rpc::ask<auth::v1::RenewedIdentity>(
                                 peers_.to("auth"), service_.c_str(), ctx,
                                 "bordero.auth.v1.SessionService/RenewIdentity", request));
  token_ = renewed.identity_token();
  renewed_at_ = steady_clock::now();
  co_return token_;
}

}  // namespace bordero::jobs
