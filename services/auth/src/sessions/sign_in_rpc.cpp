#include "services/auth/src/sessions/sign_in_rpc.hpp"

#include <algorithm>

#include "platform/search/folding.hpp"
#include "services/auth/src/events.hpp"
#include "services/auth/src/secret.hpp"

namespace bordero::auth {
namespace {

constexpr int kSessionsOfUser = 10;
// Many networks share one account's budget, so it is wider than that of each.
constexpr int kFreeFailures = 5;
constexpr int kFreeFailuresOfAccount = 20;

// What a person sees of their own account.
v1::User own_view(v1::User user) {
  user.clear_blocked_at();
  user.clear_blocked_reason();
  return user;
}

std::string why_refused(const std::optional<Account>& account, bool matches) {
  if (!account) return "unknown_account";
  if (account->user.status() == v1::USER_STATUS_BLOCKED) return "blocked";
  if (!account->password) return "not_accepted_yet";
  return matches ? "changed_meanwhile" : "wrong_password";
}

}  // namespace

SignInRpc::SignInRpc(pg::Database& db, redis::Client& redis, const Config& config,
                     const Hasher& hasher, ThreadPool& pool)
    : db_(db),
      config_(config),
      hasher_(hasher),
      pool_(pool),
      limit_(redis),
      cache_(redis),
      devices_(config.seal_key),
      account_key_(hmac_sha256(config.seal_key, "accounts of failures")) {}

SignInRpc::Attempt SignInRpc::attempt_of(const v1::LoginRequest& request) const {
  Attempt attempt{.client = request.client()};
  attempt.account =
      hex(hmac_sha256(account_key_, search::caseless_text(request.email()))).substr(0, 32);
  attempt.device = devices_.device_of(request.client().device(), attempt.account);
  if (attempt.device) {
    attempt.budgets = {{.key = attempt.account + ":d:" + *attempt.device, .free = kFreeFailures}};
    return attempt;
  }
  const std::string network = network_of(request.client().address());
  attempt.budgets = {{.key = attempt.account + ":n:" + network, .free = kFreeFailures},
                     {.key = attempt.account, .free = kFreeFailuresOfAccount}};
  return attempt;
}

awaitable<Result<std::optional<Account>>> SignInRpc::find(Context& context, std::string email) {
  CO_TRY(auto tx, co_await db_.read(context));
  co_return co_await find_account_by_email(tx, std::move(email));
}

// A hash is computed in any case, so that time does not tell who exists.
awaitable<Result<bool>> SignInRpc::compare(std::string password,
                                           std::optional<PasswordHash> stored) {
  const bool somebodys = stored.has_value();
  const PasswordHash against = somebodys ? *stored : hasher_.nobodys();
  const auto work = [&] { return hasher_.matches(password, against); };
  CO_TRY(const bool matches, co_await on_pool(pool_, work));
  co_return matches&& somebodys;
}

awaitable<Result<std::optional<PasswordHash>>> SignInRpc::rehashed(std::string password,
                                                                   PasswordHash stored) {
  std::optional<PasswordHash> fresh;
  if (hasher_.outdated(stored)) {
    const auto work = [&] { return hasher_.hash(password); };
    CO_TRY(fresh, co_await on_pool(pool_, work));
  }
  co_return fresh;
}

awaitable<Result<std::optional<SignInRpc::Opened>>> SignInRpc::open(
    Context& context, const Account& account, const v1::LoginRequest& request,
    std::optional<PasswordHash> rehashed) {
  Opened opened{.token = random_secret(), .csrf_token = random_secret()};
  const NewSession session{.id = SessionId::make(),
                           .user_id = account.id(),
                           .token_hash = sha256(opened.token),
                           .csrf_token = opened.csrf_token,
                           .device = device_text(request.client().user_agent()),
                           .address = request.client().address(),
                           .program = request.issue_token()};
  CO_TRY(auto tx, co_await db_.begin(context));
  const auto now = co_await lock_account(tx, session.user_id);
  const bool unchanged = now && now->user.status() == v1::USER_STATUS_ACTIVE && now->password &&
                         now->password->phc == account.password->phc;
  if (!unchanged) co_return std::optional<Opened>();

  opened.displaced = co_await delete_oldest(tx, session.user_id, kSessionsOfUser - 1);
  insert_session(tx, session, config_);
  save_signed_in(tx, session.user_id);
  if (rehashed) save_password(tx, session.user_id, *rehashed);
  Context signed_in = context;
  signed_in.caller.user_id = now->user.id();
  signed_in.caller.role = role_of(now->user.role());
  publish_ended(tx, signed_in, opened.displaced, "displaced");
  publish_opened(tx, signed_in, session);
  CO_TRY_VOID(co_await tx.commit());
  opened.user = own_view(now->user);
  co_return std::optional<Opened>(std::move(opened));
}

// The same answer, after the same work, for a wrong password, a blocked account and nobody's.
awaitable<Result<v1::LoginReply>> SignInRpc::refuse(Context& context, const Attempt& attempt,
                                                    std::string user_id, std::string reason) {
  CO_TRY_VOID(co_await limit_.failed(attempt.budgets));
  CO_TRY(auto tx, co_await db_.begin(context));
  publish_refused(tx, context, user_id, attempt.client.address(), reason);
  CO_TRY_VOID(co_await tx.commit());
  co_return unauthenticated("invalid_credentials");
}

awaitable<Result<v1::LoginReply>> SignInRpc::login(Context& context,
                                                   const v1::LoginRequest& request) {
  const Attempt attempt = attempt_of(request);
  CO_TRY_VOID(co_await limit_.check(attempt.budgets));
  CO_TRY(const auto account, co_await find(context, request.email()));
  const auto stored = account ? account->password : std::nullopt;
  CO_TRY(const bool matches, co_await compare(request.password(), stored));

  const std::string user_id = account ? account->user.id() : "";
  const std::string reason = why_refused(account, matches);
  const bool good = matches && account->user.status() == v1::USER_STATUS_ACTIVE;
  if (!good) co_return co_await refuse(context, attempt, user_id, reason);

  CO_TRY_VOID(co_await limit_.succeeded(attempt.budgets));
  CO_TRY(auto fresh, co_await rehashed(request.password(), *stored));
  CO_TRY(auto opened, co_await open(context, *account, request, std::move(fresh)));
  if (!opened) co_return co_await refuse(context, attempt, user_id, reason);
  co_await cache_.forget(opened->displaced);

  v1::LoginReply reply;
  *reply.mutable_user() = std::move(opened->user);
  reply.set_session_token(opened->token);
  reply.set_csrf_token(opened->csrf_token);
  reply.set_device(attempt.device ? request.client().device() : devices_.make(attempt.account));
  co_return reply;
}

}  // namespace bordero::auth
