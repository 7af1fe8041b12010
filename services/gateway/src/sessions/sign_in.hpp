#pragma once

#include "services/gateway/src/api/api.hpp"

namespace bordero::gateway {

// Signing in and out: where the session's secret moves between Auth's answer and the cookie.
class SignIn {
 public:
  SignIn(Api& api, Sessions& sessions) : api_(api), sessions_(sessions) {}
  void add_to(Api& api);

 private:
  awaitable<Result<httpd::Reply>> login(Visit& visit, const Matched& matched);
  awaitable<Result<httpd::Reply>> logout(Visit& visit, const Matched& matched);
  awaitable<void> end_earlier(const Visit& visit);

  Api& api_;
  Sessions& sessions_;
};

}  // namespace bordero::gateway
