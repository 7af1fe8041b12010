#include "services/auth/src/sessions/guess_limit.hpp"

#include <algorithm>

#include "services/auth/src/sessions/local_failures.hpp"

namespace bordero::auth {
namespace {

// Keys come in pairs: the count, and the wait that it has led to. Each script answers the
// milliseconds that are left to wait, 0 when there are none.
constexpr std::string_view kCheck = R"lua(
local longest = 0
for i = 2, #KEYS, 2 do
  longest = math.max(longest, redis.call('PTTL', KEYS[i]))
end
return longest
)lua";

constexpr std::string_view kFailed = R"lua(
local longest = 0
for i = 2, #KEYS, 2 do
  longest = math.max(longest, redis.call('PTTL', KEYS[i]))
end
if longest > 0 then return longest end
for i = 1, #KEYS, 2 do
  local count = redis.call('INCR', KEYS[i])
  redis.call('EXPIRE', KEYS[i], 86400)
  local beyond = count - tonumber(ARGV[(i + 1) / 2])
  if beyond >= 0 then
    local wait = math.min(15000 * 2 ^ math.min(beyond, 10), 900000)
    redis.call('SET', KEYS[i + 1], '1', 'PX', string.format('%d', wait))
  end
end
return 0
)lua";

constexpr std::string_view kSucceeded = R"lua(
local longest = 0
for i = 2, #KEYS, 2 do
  longest = math.max(longest, redis.call('PTTL', KEYS[i]))
end
if longest > 0 then return longest end
redis.call('DEL', unpack(KEYS))
return 0
)lua";

Error wait_error(std::int64_t milliseconds) {
  return {.kind = ErrorKind::too_many,
          .reason = "too_many_attempts",
          .retry_after_s = static_cast<int>((milliseconds + 999) / 1000)};
}

int check_locally(const std::vector<Budget>& budgets) {
  return LocalFailures::shared().wait_ms(budgets);
}

int fail_locally(const std::vector<Budget>& budgets) {
  return LocalFailures::shared().add(budgets);
}

int forget_locally(const std::vector<Budget>& budgets) {
  return LocalFailures::shared().forget(budgets);
}

}  // namespace

std::chrono::milliseconds wait_after(int beyond_free) {
  const std::int64_t doubled = std::int64_t{15'000} << std::min(beyond_free, 10);
  return std::chrono::milliseconds(std::min<std::int64_t>(doubled, 900'000));
}

awaitable<Result<void>> GuessLimit::run(std::string_view script, const std::vector<Budget>& budgets,
                                        int (*fallback)(const std::vector<Budget>&)) {
  std::vector<std::string> words = {"EVAL", std::string(script),
                                    std::to_string(2 * budgets.size())};
  for (const Budget& budget : budgets) {
    words.push_back("auth:failures:" + budget.key);
    words.push_back("auth:wait:" + budget.key);
  }
  for (const Budget& budget : budgets) words.push_back(std::to_string(budget.free));
  const auto reply = co_await redis_.command(std::move(words));
  const bool counted = reply && reply->type == redis::Reply::Type::integer;
  const std::int64_t wait = counted ? reply->integer : fallback(budgets);
  if (wait > 0) co_return wait_error(wait);
  co_return Result<void>{};
}

awaitable<Result<void>> GuessLimit::check(const std::vector<Budget>& budgets) {
  return run(kCheck, budgets, check_locally);
}

awaitable<Result<void>> GuessLimit::failed(const std::vector<Budget>& budgets) {
  return run(kFailed, budgets, fail_locally);
}

awaitable<Result<void>> GuessLimit::succeeded(const std::vector<Budget>& budgets) {
  return run(kSucceeded, budgets, forget_locally);
}

}  // namespace bordero::auth
