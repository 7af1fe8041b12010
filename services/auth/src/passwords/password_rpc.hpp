#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "platform/threads/thread_pool.hpp"
#include "services/auth/src/passwords/hasher.hpp"
#include "services/auth/src/sessions/guess_limit.hpp"
#include "services/auth/src/sessions/session_cache.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {

// Choosing a password: one's own anew, or the first one through an invitation.
class PasswordRpc {
 public:
  PasswordRpc(pg::Database& db, redis::Client& redis, const Hasher& hasher, ThreadPool& pool)
      : db_(db), hasher_(hasher), pool_(pool), limit_(redis), cache_(redis) {}
  awaitable<Result<common::v1::Empty>> change_password(Context& context,
                                                       const v1::ChangePasswordRequest& request);
  awaitable<Result<common::v1::Empty>> accept_invitation(
      Context& context, const v1::AcceptInvitationRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&PasswordRpc::change_password, &PasswordRpc::accept_invitation);
  }

 private:
  awaitable<Result<Account>> find_caller(Context& context, UserId id);
  awaitable<Result<void>> prove(const std::string& password, const Account& account);
  awaitable<Result<PasswordHash>> hash(std::string password);
  awaitable<Result<Account>> find_invited(Context& context, const std::string& token_hash);

  pg::Database& db_;
  const Hasher& hasher_;
  ThreadPool& pool_;
  GuessLimit limit_;
  SessionCache cache_;
};

}  // namespace bordero::auth
