#include "services/auth/src/users/user_rpc.hpp"

#include <algorithm>

#include "services/auth/src/events.hpp"
#include "services/auth/src/users/invitation_store.hpp"
#include "services/auth/src/users/user_list.hpp"

namespace bordero::auth {
namespace {

// The rows that a change of an account holds: the account and every admin who can sign in.
struct Held {
  std::vector<Account> accounts;
  int active_admins = 0;

  const Account* find(const std::string& id) const {
    const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const Account& account) {
      return account.user.id() == id;
    });
    return found == accounts.end() ? nullptr : &*found;
  }
};

bool active_admin(const Account& account) {
  return account.user.role() == v1::ROLE_ADMIN && account.user.status() == v1::USER_STATUS_ACTIVE;
}

// Check and effect are one: whoever acts is still an admin in the transaction of the change.
awaitable<Result<Held>> hold(pg::Transaction& tx, std::vector<std::string> ids) {
  Held held;
  held.accounts = co_await lock_with_admins(tx, std::move(ids));
  held.active_admins =
      static_cast<int>(std::count_if(held.accounts.begin(), held.accounts.end(), active_admin));
  const Account* caller = held.find(tx.context().caller.user_id);
  if (caller == nullptr || !active_admin(*caller)) co_return forbidden("role_not_allowed");
  co_return held;
}

v1::User view_for_admin(v1::User user, const Context& context, int active_admins) {
  add_capabilities(user, context.caller.user_id, active_admins);
  return user;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

v1::Invitation invitation_of(const Config& config, const NewInvitation& made, v1::User user) {
  v1::Invitation invitation;
  *invitation.mutable_user() = std::move(user);
  invitation.set_link(invitation_link(config, made.token));
  invitation.set_expires_at(made.expires_at);
  return invitation;
}

Result<v1::User> patched(v1::User user, const v1::UpdateUserRequest& request) {
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "full_name") {
      user.set_full_name(trimmed(request.full_name()));
      if (user.full_name().empty()) return invalid_field("full_name", "required");
    } else if (path == "role") {
      if (request.role() == v1::ROLE_UNSPECIFIED) return invalid_field("role", "required");
      user.set_role(request.role());
    } else {
      return invalid_field(path, "cannot_be_set");
    }
  }
  return user;
}

}  // namespace

awaitable<Result<v1::ListUsersReply>> UserRpc::list_users(Context& context,
                                                          const v1::ListUsersRequest& request) {
  CO_TRY(auto tx, co_await db_.read(context));
  co_return co_await auth::list_users(tx, context.caller, request);
}

awaitable<Result<v1::User>> UserRpc::get_user(Context& context, const v1::GetUserRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(request.user_id(), "user_id"));
  CO_TRY(auto tx, co_await db_.read(context));
  auto account = co_await find_account(tx, id);
  if (!account) co_return not_found("user_not_found");
  const int admins = co_await count_active_admins(tx);
  co_return view_for_admin(std::move(account->user), context, admins);
}

awaitable<Result<v1::Invitation>> UserRpc::create_user(Context& context,
                                                       const v1::CreateUserRequest& request) {
  v1::User user;
  const UserId id = UserId::make();
  user.set_id(id.str());
  user.set_email(trimmed(request.email()));
  user.set_full_name(trimmed(request.full_name()));
  user.set_role(request.role());
  user.set_status(v1::USER_STATUS_INVITED);

  CO_TRY(auto tx, co_await db_.begin(context));
  const std::vector<std::string> nobody_else;
  CO_TRY_VOID(co_await hold(tx, nobody_else));
  const auto taken = co_await find_account_by_email(tx, user.email());
  if (taken) co_return refused("email_taken");
  insert_user(tx, user);
  const auto invitation = co_await make_invitation(tx, id, config_);
  const auto made = co_await find_account(tx, id);
  v1::UserCreated event;
  *event.mutable_user() = made->user;
  publish_about(tx, context, event, made->user);
  CO_TRY_VOID(co_await tx.commit());
  co_return invitation_of(config_, invitation, made->user);
}

awaitable<Result<v1::Invitation>> UserRpc::invite_user(Context& context,
                                                       const v1::InviteUserRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(request.user_id(), "user_id"));
  CO_TRY(auto tx, co_await db_.begin(context));
  const std::vector<std::string> ids = {id.str()};
  CO_TRY(const Held held, co_await hold(tx, ids));
  const Account* account = held.find(id.str());
  if (account == nullptr) co_return not_found("user_not_found");
  CO_TRY_VOID(may_invite(standing_of(account->user)));
  const auto invitation = co_await make_invitation(tx, id, config_);
  CO_TRY_VOID(co_await tx.commit());
  co_return invitation_of(config_, invitation, account->user);
}

awaitable<Result<v1::User>> UserRpc::update_user(Context& context,
                                                 const v1::UpdateUserRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(request.user_id(), "user_id"));
  CO_TRY(auto tx, co_await db_.begin(context));
  const std::vector<std::string> ids = {id.str()};
  CO_TRY(const Held held, co_await hold(tx, ids));
  const Account* before = held.find(id.str());
  if (before == nullptr) co_return not_found("user_not_found");
  if (before->user.version() != request.version()) {
    co_return stale("user_changed", before->user.version());
  }
  CO_TRY(const v1::User wanted, patched(before->user, request));
  const bool new_role = wanted.role() != before->user.role();
  if (new_role) {
    CO_TRY_VOID(may_change_role(standing_of(before->user), wanted.role(), held.active_admins));
  }
  const auto after = co_await save_profile(tx, wanted);
  std::vector<EndedSession> ended;
  std::int64_t epoch = before->epoch;
  if (new_role) {
    ended = co_await delete_sessions(tx, id, std::nullopt);
    epoch = co_await raise_epoch(tx, id);
    publish_about(tx, context, changed<v1::RoleChanged>(before->user, after), after);
    publish_ended(tx, context, ended, "role_changed");
  } else {
    publish_about(tx, context, changed<v1::UserUpdated>(before->user, after), after);
  }
  const int admins = co_await count_active_admins(tx);
  auto view = view_for_admin(after, context, admins);
  CO_TRY_VOID(co_await tx.commit(view));
  if (new_role) co_await cache_.forget(ended, id.str(), epoch);
  co_return view;
}

awaitable<Result<v1::User>> UserRpc::block_user(Context& context,
                                                const v1::BlockUserRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(request.user_id(), "user_id"));
  std::vector<std::string> ids = {id.str()};
  if (!request.successor_id().empty()) ids.push_back(request.successor_id());
  CO_TRY(auto tx, co_await db_.begin(context));
  CO_TRY(const Held held, co_await hold(tx, ids));
  const Account* before = held.find(id.str());
  if (before == nullptr) co_return not_found("user_not_found");
  const Standing standing = standing_of(before->user);
  // Asking again for what is so already is answered, not refused.
  if (standing.status == v1::USER_STATUS_BLOCKED) {
    co_return view_for_admin(before->user, context, held.active_admins);
  }
  CO_TRY_VOID(may_block(standing, context.caller.user_id, held.active_admins));
  std::string successor_id = context.caller.user_id;
  if (!request.successor_id().empty()) {
    const Account* successor = held.find(request.successor_id());
    std::optional<Standing> of_successor;
    if (successor != nullptr) of_successor = standing_of(successor->user);
    CO_TRY_VOID(may_succeed(standing, of_successor));
    successor_id = request.successor_id();
  }
  const auto after =
      co_await save_status(tx, id, v1::USER_STATUS_BLOCKED, trimmed(request.reason()));
  delete_invitations(tx, id);
  const auto ended = co_await delete_sessions(tx, id, std::nullopt);
  const std::int64_t epoch = co_await raise_epoch(tx, id);
  auto event = changed<v1::UserBlocked>(before->user, after);
  event.set_successor_id(successor_id);
  event.set_reason(after.blocked_reason());
  publish_about(tx, context, event, after);
  publish_ended(tx, context, ended, "blocked");
  const int admins = co_await count_active_admins(tx);
  auto view = view_for_admin(after, context, admins);
  CO_TRY_VOID(co_await tx.commit(view));
  co_await cache_.forget(ended, id.str(), epoch);
  co_return view;
}

awaitable<Result<v1::User>> UserRpc::unblock_user(Context& context,
                                                  const v1::UnblockUserRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(request.user_id(), "user_id"));
  CO_TRY(auto tx, co_await db_.begin(context));
  const std::vector<std::string> ids = {id.str()};
  CO_TRY(const Held held, co_await hold(tx, ids));
  const Account* before = held.find(id.str());
  if (before == nullptr) co_return not_found("user_not_found");
  if (before->user.status() != v1::USER_STATUS_BLOCKED) {
    co_return view_for_admin(before->user, context, held.active_admins);
  }
  const auto status = before->password ? v1::USER_STATUS_ACTIVE : v1::USER_STATUS_INVITED;
  const auto after = co_await save_status(tx, id, status, "");
  publish_about(tx, context, changed<v1::UserUnblocked>(before->user, after), after);
  const int admins = co_await count_active_admins(tx);
  auto view = view_for_admin(after, context, admins);
  CO_TRY_VOID(co_await tx.commit(view));
  co_return view;
}

awaitable<Result<v1::ExportUsersReply>> UserRpc::export_users(
    Context& context, const v1::ExportUsersRequest& request) {
  std::optional<UserId> after;
  if (!request.after_id().empty()) {
    CO_TRY(after, parse_id<v1::User>(request.after_id(), "after_id"));
  }
  CO_TRY(auto tx, co_await db_.read(context));
  const auto users = co_await list_after(tx, after);
  v1::ExportUsersReply reply;
  for (const v1::User& user : users) *reply.add_users() = user;
  co_return reply;
}

}  // namespace bordero::auth
