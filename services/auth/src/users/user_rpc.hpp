#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "services/auth/src/sessions/session_cache.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {

class UserRpc {
 public:
  UserRpc(pg::Database& db, redis::Client& redis, const Config& config)
      : db_(db), config_(config), cache_(redis) {}
  awaitable<Result<v1::ListUsersReply>> list_users(Context& context,
                                                   const v1::ListUsersRequest& request);
  awaitable<Result<v1::User>> get_user(Context& context, const v1::GetUserRequest& request);
  awaitable<Result<v1::Invitation>> create_user(Context& context,
                                                const v1::CreateUserRequest& request);
  awaitable<Result<v1::Invitation>> invite_user(Context& context,
                                                const v1::InviteUserRequest& request);
  awaitable<Result<v1::User>> update_user(Context& context, const v1::UpdateUserRequest& request);
  awaitable<Result<v1::User>> block_user(Context& context, const v1::BlockUserRequest& request);
  awaitable<Result<v1::User>> unblock_user(Context& context, const v1::UnblockUserRequest& request);
  awaitable<Result<v1::ExportUsersReply>> export_users(Context& context,
                                                       const v1::ExportUsersRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&UserRpc::list_users, &UserRpc::get_user, &UserRpc::create_user,
                      &UserRpc::invite_user, &UserRpc::update_user, &UserRpc::block_user,
                      &UserRpc::unblock_user, &UserRpc::export_users);
  }

 private:
  pg::Database& db_;
  const Config& config_;
  SessionCache cache_;
};

}  // namespace bordero::auth
