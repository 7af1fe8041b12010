#include "platform/https/client.hpp"

#include <absl/cleanup/cleanup.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <utility>

#include "platform/https/breaker.hpp"
#include "platform/https/call_record.hpp"
#include "platform/https/engine.hpp"
#include "platform/https/repeats.hpp"
#include "platform/https/transfer.hpp"

namespace bordero::https {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kForgetHostsAt = 256;

struct Host {
  Breaker breaker;
  RepeatBudget budget;
};

int seconds_up(Clock::duration wait) {
  return static_cast<int>(std::max(std::chrono::ceil<std::chrono::seconds>(wait).count(),
                                   std::chrono::seconds::rep{1}));
}

Error error_of(Outcome outcome) {
  switch (outcome.ending) {
    case Ending::unreachable:
      return unavailable("remote_unreachable");
    case Ending::untrusted:
      return unavailable("remote_untrusted");
    case Ending::too_slow:
      return unavailable("remote_too_slow");
    case Ending::malformed:
      return unavailable("remote_answer_malformed");
    case Ending::too_large:
      return unavailable("remote_answer_too_large");
    case Ending::not_allowed:
      return invalid("address_not_allowed");
    case Ending::given_up:
      return std::move(outcome.own).value_or(Error{ErrorKind::internal, "stream_failed"});
    case Ending::answered:
    case Ending::broke_off:
      break;
  }
  return unavailable("remote_broke_off");
}

awaitable<void> sleep(asio::any_io_executor executor, Clock::duration wait) {
  asio::steady_timer timer(executor, wait);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

std::string_view Response::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &Header::name);
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

// One call under way: what its tries share.
struct Call {
  Request& request;
  const Target& target;
  Clock::time_point deadline;
  CallRecord& record;
};

struct Client::State {
  State(asio::any_io_executor executor, Options given)
      : engine(Engine::start(std::move(executor))),
        options(std::move(given)),
        user_rule(options.user_networks) {}

  std::shared_ptr<Engine> engine;
  Options options;
  AddressRule user_rule;
  std::map<std::string, Host, std::less<>> hosts;
  int under_way = 0;

  Host& host(const std::string& name);
  awaitable<Result<Outcome>> attempt(Call& call, bool& again);
  awaitable<Result<Response>> repeat(Call& call);
  static awaitable<Result<Response>> send(std::shared_ptr<State> self, const Context& ctx,
                                          Request request);
};

// People can give any number of hosts: those that nothing is held against are forgotten.
Host& Client::State::host(const std::string& name) {
  if (hosts.size() >= kForgetHostsAt && !hosts.contains(name)) {
    const auto now = Clock::now();
    std::erase_if(hosts, [now](const auto& host) { return host.second.breaker.idle(now); });
  }
  return hosts[name];
}

// One try, when the limits and the host's breaker let it through.
awaitable<Result<Outcome>> Client::State::attempt(Call& call, bool& again) {
  const auto now = Clock::now();
  const auto wait = options.rates->take(call.request.rates, now, call.deadline - now);
  if (!wait) co_return call.record.refused("rate_limited", unavailable("remote_rate_limited"));
  if (*wait > Clock::duration::zero()) co_await sleep(engine->executor(), *wait);

  auto& breaker = host(call.target.host).breaker;
  const auto permit = breaker.admit(Clock::now());
  if (!permit) {
    const int pause = seconds_up(breaker.time_left(Clock::now()));
    co_return call.record.refused("paused", unavailable("remote_paused", pause));
  }
  absl::Cleanup cancelled = [&] { host(call.target.host).breaker.abandoned(*permit); };
  const AddressRule* const rule = call.request.given_by_user ? &user_rule : nullptr;
  Transfer transfer(engine, call.request, call.target, options, rule, call.deadline);
  auto outcome = co_await transfer.run();
  std::move(cancelled).Cancel();

  auto& told = host(call.target.host).breaker;
  host_failed(outcome) ? told.failed(*permit, Clock::now()) : told.succeeded(*permit, Clock::now());
  again = worth_repeating(call.request, outcome, transfer.consumed());
  co_return outcome;
}

awaitable<Result<Response>> Client::State::repeat(Call& call) {
  host(call.target.host).budget.called();
  for (int repeats = 0;; ++repeats) {
    bool again = false;
    CO_TRY(auto outcome, co_await attempt(call, again));
    const auto pause = pause_before(repeats + 1, outcome.retry_after);
    const bool repeated = again && repeats < options.max_repeats &&
                          Clock::now() + pause < call.deadline &&
                          host(call.target.host).budget.spend();
    if (!repeated) {
      call.record.ended(outcome);
      if (outcome.ending == Ending::answered) co_return std::move(outcome.response);
      co_return error_of(std::move(outcome));
    }
    call.record.repeated();
    co_await sleep(engine->executor(), pause);
  }
}

awaitable<Result<Response>> Client::State::send(std::shared_ptr<State> self, const Context& ctx,
                                                Request request) {
  auto deadline = ctx.deadline;
  if (request.given_by_user) {
    deadline = std::min(deadline, Clock::now() + self->options.user_limit);
    request.max_answer = std::min(request.max_answer, self->options.user_max_answer);
    request.max_download =
        std::min(request.max_download, static_cast<std::int64_t>(self->options.user_max_answer));
  }
  CO_TRY(const Target target, target_of(request));
  CallRecord record(request.call, target.host, ctx);
  if (self->under_way >= self->options.max_calls) {
    co_return record.refused("busy", unavailable("remote_busy"));
  }
  ++self->under_way;
  const absl::Cleanup done = [&self] { --self->under_way; };
  Call call{request, target, deadline, record};
  auto answer = co_await self->repeat(call);
  co_return answer;
}

Client::Client(asio::any_io_executor executor, Options options)
    : state_(std::make_shared<State>(std::move(executor), std::move(options))) {}

Client::~Client() = default;

awaitable<Result<Response>> Client::send(const Context& ctx, Request request) {
  return State::send(state_, ctx, std::move(request));
}

}  // namespace bordero::https
