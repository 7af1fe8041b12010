#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "platform/rpc/dispatcher.hpp"
#include "platform/threads/thread_pool.hpp"
#include "services/auth/src/passwords/hasher.hpp"
#include "services/auth/src/sessions/device.hpp"
#include "services/auth/src/sessions/guess_limit.hpp"
#include "services/auth/src/sessions/session_cache.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {

class SignInRpc {
 public:
  SignInRpc(pg::Database& db, redis::Client& redis, const Config& config, const Hasher& hasher,
            ThreadPool& pool);
  awaitable<Result<v1::LoginReply>> login(Context& context, const v1::LoginRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&SignInRpc::login); }

 private:
  // Who tries, from where, and what counts their failures.
  struct Attempt {
    std::string account;  // A keyed digest of the e-mail, whether or not it belongs to anybody.
    std::optional<std::string> device;
    std::vector<Budget> budgets;
    v1::ClientInfo client;
  };
  // What a correct password opened.
  struct Opened {
    v1::User user;
    std::string token;
    std::string csrf_token;
    std::vector<EndedSession> displaced;
  };

  Attempt attempt_of(const v1::LoginRequest& request) const;
  awaitable<Result<std::optional<Account>>> find(Context& context, std::string email);
  awaitable<Result<bool>> compare(std::string password, std::optional<PasswordHash> stored);
  awaitable<Result<std::optional<PasswordHash>>> rehashed(std::string password,
                                                          PasswordHash stored);
  awaitable<Result<std::optional<Opened>>> open(Context& context, const Account& account,
                                                const v1::LoginRequest& request,
                                                std::optional<PasswordHash> rehashed);
  awaitable<Result<v1::LoginReply>> refuse(Context& context, const Attempt& attempt,
                                           std::string user_id, std::string reason);

  pg::Database& db_;
  const Config& config_;
  const Hasher& hasher_;
  ThreadPool& pool_;
  GuessLimit limit_;
  SessionCache cache_;
  DeviceCookies devices_;
  std::string account_key_;
};

}  // namespace bordero::auth
