#include "services/auth/src/sessions/session_cache.hpp"

#include <charconv>

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/auth/src/secret.hpp"

namespace bordero::auth {
namespace {

using Commands = std::vector<std::vector<std::string>>;

// Two changes of one user may arrive in either order; the epoch never falls.
constexpr const char* kRaiseEpoch = R"lua(
local known = tonumber(redis.call('GET', KEYS[1]) or '-1')
if known < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], ARGV[1]) end
return 0
)lua";

// A confirmation by the gateway may be on its way, so the end leaves a mark that outlives it.
constexpr const char* kMarkSeconds = "120";

Commands marks_of(const std::vector<EndedSession>& ended) {
  Commands commands;
  for (const EndedSession& session : ended) {
    commands.push_back({"SET", "session:" + hex(session.token_hash), "ended", "EX", kMarkSeconds});
  }
  return commands;
}

}  // namespace

awaitable<void> SessionCache::send(Commands commands) {
  if (commands.empty()) co_return;
  const auto replies = co_await redis_.commands(std::move(commands));
  bool done = replies.ok();
  if (done) {
    for (const redis::Reply& reply : *replies) done &= reply.type != redis::Reply::Type::error;
  }
  if (done) co_return;
  static telemetry::Counter late = telemetry::counter(
      "bordero_auth_late_endings_total", "Session endings that Redis could not be told of.");
  late.add();
  log::warning("sessions end within 30 s: redis could not be told");
}

awaitable<void> SessionCache::forget(const std::vector<EndedSession>& ended) {
  co_await send(marks_of(ended));
}

awaitable<void> SessionCache::forget(const std::vector<EndedSession>& ended, std::string user_id,
                                     std::int64_t epoch) {
  Commands commands = marks_of(ended);
  commands.push_back({"EVAL", kRaiseEpoch, "1", "epoch:" + user_id, std::to_string(epoch)});
  co_await send(std::move(commands));
}

awaitable<std::int64_t> SessionCache::acl_version(std::string user_id) {
  std::vector<std::string> words = {"GET", "acl:" + user_id};
  const auto reply = co_await redis_.command(std::move(words));
  std::int64_t version = 0;
  if (reply && reply->type == redis::Reply::Type::text) {
    std::from_chars(reply->text.data(), reply->text.data() + reply->text.size(), version);
  }
  co_return version;
}

}  // namespace bordero::auth
