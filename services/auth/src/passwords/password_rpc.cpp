#include "services/auth/src/passwords/password_rpc.hpp"

#include "services/auth/src/events.hpp"
#include "services/auth/src/passwords/password.hpp"
#include "services/auth/src/secret.hpp"
#include "services/auth/src/users/invitation_store.hpp"

namespace bordero::auth {
namespace {

constexpr int kFreeFailures = 5;

Result<void> may_choose(const std::string& password, const v1::User& user, const char* field) {
  const auto words = context_words(user.email(), user.full_name());
  return check_password(password, words, kPasswordMinAlone, field);
}

}  // namespace

awaitable<Result<Account>> PasswordRpc::find_caller(Context& context, UserId id) {
  CO_TRY(auto tx, co_await db_.read(context));
  auto account = co_await find_account(tx, id);
  if (!account || !account->password) co_return unauthenticated("session_expired");
  co_return std::move(*account);
}

// Who holds a session must not guess the password with it either.
awaitable<Result<void>> PasswordRpc::prove(const std::string& password, const Account& account) {
  const std::vector<Budget> budgets = {
      {.key = "password:" + account.user.id(), .free = kFreeFailures}};
  CO_TRY_VOID(co_await limit_.check(budgets));
  const auto work = [&] { return hasher_.matches(password, *account.password); };
  CO_TRY(const bool matches, co_await on_pool(pool_, work));
  if (matches) co_return co_await limit_.succeeded(budgets);
  CO_TRY_VOID(co_await limit_.failed(budgets));
  co_return invalid_field("current_password", "wrong_password");
}

awaitable<Result<PasswordHash>> PasswordRpc::hash(std::string password) {
  const auto work = [&] { return hasher_.hash(password); };
  co_return co_await on_pool(pool_, work);
}

awaitable<Result<common::v1::Empty>> PasswordRpc::change_password(
    Context& context, const v1::ChangePasswordRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(context.caller.user_id, "user_id"));
  CO_TRY(const auto session, parse_id<v1::Session>(context.caller.session_id, "session_id"));
  CO_TRY(const Account before, co_await find_caller(context, id));
  CO_TRY_VOID(co_await prove(request.current_password(), before));
  CO_TRY_VOID(may_choose(request.new_password(), before.user, "new_password"));
  CO_TRY(const PasswordHash chosen, co_await hash(request.new_password()));

  CO_TRY(auto tx, co_await db_.begin(context));
  const auto locked = co_await lock_account(tx, id);
  const bool active = locked && locked->user.status() == v1::USER_STATUS_ACTIVE;
  if (!active) co_return unauthenticated("session_expired");
  if (locked->password->phc != before.password->phc) co_return refused("password_changed");
  save_password(tx, id, chosen);
  const auto ended = co_await delete_sessions(tx, id, session);
  const std::int64_t epoch = co_await raise_epoch(tx, id);
  publish_ended(tx, context, ended, "password_changed");
  CO_TRY_VOID(co_await tx.commit());
  co_await cache_.forget(ended, id.str(), epoch);
  co_return common::v1::Empty();
}

awaitable<Result<Account>> PasswordRpc::find_invited(Context& context,
                                                     const std::string& token_hash) {
  CO_TRY(auto tx, co_await db_.read(context));
  const auto user_id = co_await find_invitation(tx, token_hash);
  if (!user_id) co_return not_found("invitation_invalid");
  auto account = co_await find_account(tx, *user_id);
  if (!account) co_return not_found("invitation_invalid");
  co_return std::move(*account);
}

// A link that is unknown, used, expired or replaced answers the same.
awaitable<Result<common::v1::Empty>> PasswordRpc::accept_invitation(
    Context& context, const v1::AcceptInvitationRequest& request) {
  const std::string token_hash = sha256(request.token());
  CO_TRY(const Account invited, co_await find_invited(context, token_hash));
  CO_TRY_VOID(may_choose(request.password(), invited.user, "password"));
  CO_TRY(const PasswordHash chosen, co_await hash(request.password()));

  CO_TRY(auto tx, co_await db_.begin(context));
  const auto before = co_await lock_account(tx, invited.id());
  const bool taken = co_await take_invitation(tx, token_hash);
  const bool waits = before && before->user.status() == v1::USER_STATUS_INVITED;
  if (!taken || !waits) co_return not_found("invitation_invalid");
  save_password(tx, invited.id(), chosen);
  const auto after = co_await save_status(tx, invited.id(), v1::USER_STATUS_ACTIVE, "");
  Context accepting = context;
  accepting.caller.user_id = after.id();
  accepting.caller.role = role_of(after.role());
  publish_about(tx, accepting, changed<v1::UserUpdated>(before->user, after), after);
  CO_TRY_VOID(co_await tx.commit());
  co_return common::v1::Empty();
}

}  // namespace bordero::auth
