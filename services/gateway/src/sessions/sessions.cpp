#include "services/gateway/src/sessions/sessions.hpp"

#include <charconv>

#include "platform/base/bytes.hpp"

namespace bordero::gateway {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr const char* kConfirmedFor = "30";  // Seconds that Auth's word holds.
constexpr auto kWithoutAuth = seconds(60);   // As long again while Auth is down.
constexpr std::int64_t kTokenMargin = 10;    // A token must outlive the request.
constexpr std::size_t kMaxHeld = 50'000;
constexpr std::size_t kMaxSecret = 512;

// An ended session must not come back by a confirmation that was on its way.
constexpr const char* kConfirm = R"lua(
if redis.call('GET', KEYS[1]) == 'ended' then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
)lua";

std::int64_t number_of(const redis::Reply& reply) {
  std::int64_t number = 0;
  std::from_chars(reply.text.data(), reply.text.data() + reply.text.size(), number);
  return number;
}

std::int64_t unix_now() {
  return std::chrono::duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Sessions::Sessions(redis::Client& redis, rpc::Peers& peers, asio::any_io_executor executor,
                   std::chrono::milliseconds kept)
    : redis_(redis),
      peers_(peers),
      // The last turn may come after this object has gone, so it holds what it looks at.
      sweeping_(std::move(executor), "gateway_sessions", kept / 2,
                [held = held_, kept]() -> awaitable<void> {
                  const auto oldest = steady_clock::now() - kept;
                  std::erase_if(*held, [oldest](const auto& one) {
                    return one.second.confirmed_at < oldest;
                  });
                  co_return;
                }) {
  sweeping_.start();
}

bool Sessions::holds(const std::string& secret) const {
  return held_->contains(hex(sha256(secret)));
}

void Sessions::forget(const std::string& secret) { held_->erase(hex(sha256(secret))); }

awaitable<Sessions::Standing> Sessions::standing_of(std::string key, Held held) {
  const auto& session = held.session;
  std::vector<std::vector<std::string>> commands = {{"GET", "session:" + key},
                                                    {"GET", "epoch:" + session.user().id()},
                                                    {"GET", "acl:" + session.user().id()}};
  const auto replies = co_await redis_.commands(std::move(commands));
  if (!replies || replies->size() != 3) co_return Standing::ask;
  const auto& list = *replies;
  if (list[0].text == "ended") co_return Standing::ended;
  const bool confirmed = list[0].type == redis::Reply::Type::text;
  const bool same_redis = held.replication_id == redis_.replication_id();
  const bool current = number_of(list[1]) <= session.epoch() &&
                       number_of(list[2]) <= session.acl_version() &&
                       session.identity_expires_at() > unix_now() + kTokenMargin;
  co_return confirmed&& same_redis&& current ? Standing::good : Standing::ask;
}

awaitable<bool> Sessions::tell(std::string key, std::string session_id) {
  std::vector<std::string> words = {"EVAL",           kConfirm,   "1",
                                    "session:" + key, session_id, kConfirmedFor};
  const auto reply = co_await redis_.command(std::move(words));
  const bool ended = reply && reply->type == redis::Reply::Type::integer && reply->integer == 0;
  co_return !ended;
}

void Sessions::keep(const std::string& key, Held held) {
  if (held_->size() >= kMaxHeld) held_->clear();  // All are asked for again; nothing is lost.
  (*held_)[key] = std::move(held);
}

awaitable<Result<auth::v1::ResolvedSession>> Sessions::ask(const Context& context, std::string key,
                                                           std::string hash) {
  auth::v1::ResolveSessionRequest request;
  request.set_token_hash(hash);
  rpc::Channel& auth = peers_.to("auth");
  auto resolved = co_await rpc::ask<auth::v1::ResolvedSession>(
      auth, "gateway", context, "bordero.auth.v1.SessionService/ResolveSession", request);
  if (!resolved) {
    if (resolved.error().kind == ErrorKind::unauthenticated) held_->erase(key);
    co_return std::move(resolved).error();
  }
  const bool lives = co_await tell(key, resolved->session_id());
  if (!lives) {
    held_->erase(key);
    co_return unauthenticated("session_expired");
  }
  keep(key, {.session = *resolved,
             .confirmed_at = steady_clock::now(),
             .replication_id = redis_.replication_id()});
  co_return std::move(*resolved);
}

awaitable<Result<auth::v1::ResolvedSession>> Sessions::resolve(const Context& context,
                                                               std::string secret) {
  if (secret.empty() || secret.size() > kMaxSecret) co_return unauthenticated("session_expired");
  const std::string hash = sha256(secret);
  const std::string key = hex(hash);
  const auto found = held_->find(key);
  if (found == held_->end()) co_return co_await ask(context, key, hash);

  const Held held = found->second;
  const Standing standing = co_await standing_of(key, held);
  if (standing == Standing::good) co_return held.session;
  if (standing == Standing::ended) {
    held_->erase(key);
    co_return unauthenticated("session_expired");
  }
  auto asked = co_await ask(context, key, hash);
  // While Auth is down those who are signed in work on, for as long as their tokens may live.
  const bool fresh = steady_clock::now() - held.confirmed_at < kWithoutAuth;
  const bool silent = !asked && asked.error().kind == ErrorKind::unavailable;
  if (silent && fresh && redis_.connected()) co_return held.session;
  co_return asked;
}

}  // namespace bordero::gateway
