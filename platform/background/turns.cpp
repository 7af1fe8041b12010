#include "platform/background/turns.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/background/take_some.hpp"
#include "platform/background/work.hpp"
#include "platform/base/log.hpp"

namespace bordero::background {
namespace {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr int kMostDoublings = 5;
constexpr auto kLookAtTheHour = 30s;  // Tests and people shift clocks.

std::atomic<int> under_way = 0;

std::string hour(std::chrono::minutes at) {
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(at.count() / 60) + ":" + two(at.count() % 60);
}

Record new_record(const Rule& rule) {
  Record record{.name = rule.name};
  if (rule.at) {
    record.at = hour(*rule.at);
  } else {
    record.period_ms = rule.period.count();
  }
  return record;
}

}  // namespace

UnderWay::UnderWay() { ++under_way; }
UnderWay::~UnderWay() { --under_way; }

int turns_under_way() { return under_way; }

Turns::Turns(const asio::any_io_executor& executor, const std::string& service, Rule rule)
    : rule_(std::move(rule)),
      service_(service),
      timer_(executor),
      record_(new_record(rule_)),
      runs_(telemetry::counter("bordero_job_runs_total", "Turns of background jobs.",
                               {{"service", service}, {"job", rule_.name}})),
      failures_(telemetry::counter("bordero_job_failures_total", "Turns that failed.",
                                   {{"service", service}, {"job", rule_.name}})),
      seconds_(telemetry::histogram("bordero_job_seconds", "How long a turn took.",
                                    {{"service", service}, {"job", rule_.name}})),
      last_success_(telemetry::gauge("bordero_job_last_success_timestamp_seconds",
                                     "When a turn ended well.",
                                     {{"service", service}, {"job", rule_.name}})),
      set_aside_(telemetry::gauge("bordero_job_set_aside", "Rows that the job leaves out.",
                                  {{"service", service}, {"job", rule_.name}})) {}

awaitable<void> Turns::run(std::shared_ptr<Turns> turns) {
  while (!turns->stopped_) {
    if (turns->allowed_ && turns->is_due()) {
      co_await turns->turn();
      continue;
    }
    turns->timer_.expires_after(turns->pause());
    boost::system::error_code woken;
    co_await turns->timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
}

void Turns::stop() {
  stopped_ = true;
  timer_.cancel();
}

void Turns::allow(bool allowed) {
  if (allowed == allowed_) return;
  allowed_ = allowed;
  timer_.cancel();
}

void Turns::ask_now() {
  asked_ = true;
  timer_.cancel();
}

void Turns::started_last(Instant start) { last_start_ = start; }

void Turns::kept() { news_ = urgent_ = false; }

bool Turns::is_due() const {
  if (asked_) return true;
  if (!rule_.at || record_.failures > 0) return Steady::now() >= next_;
  // The hour came since the last turn, whichever process had it.
  return last_start_ &&
         clock::date_of(*last_start_ - *rule_.at) < clock::date_of(clock::now() - *rule_.at);
}

Turns::Steady::duration Turns::pause() const {
  if (!allowed_) return 1h;  // Woken when it may run.
  if (rule_.at && record_.failures == 0) return kLookAtTheHour;
  return std::max<Steady::duration>(next_ - Steady::now(), 0ms);
}

awaitable<std::optional<std::string>> Turns::steps() {
  try {
    while (!stopped_ && allowed_) {
      const auto more = co_await rule_.step();
      if (!more) co_return more.error().reason;
      if (!*more) break;
    }
  } catch (const std::exception& failure) {
    // A statement's own words may hold people's data.
    const bool sql = dynamic_cast<const pg::SqlError*>(&failure) != nullptr;
    if (!sql) log::error("job met", {{"job", rule_.name}, {"what", failure.what()}});
    co_return reason_of(failure);
  }
  co_return std::nullopt;
}

awaitable<void> Turns::turn() {
  const UnderWay counted;
  asked_ = false;
  const Instant started = clock::now();
  const auto began = Steady::now();
  last_start_ = started;
  const auto failure = co_await steps();
  note(started, Steady::now() - began, failure);
}

void Turns::note(Instant started, Steady::duration took,
                 const std::optional<std::string>& failure) {
  const bool first = !record_.started_at;
  const bool was_failing = record_.failures > 0;
  record_.started_at = started;
  record_.took_ms = duration_cast<milliseconds>(took).count();
  record_.failures = failure ? record_.failures + 1 : 0;
  runs_.add();
  seconds_.observe(std::chrono::duration<double>(took).count());
  if (failure) {
    record_.failed_at = clock::now();
    record_.failure = *failure;
    failures_.add();
    log::warning("job failed", {{"service", service_}, {"job", rule_.name}, {"reason", *failure}});
  } else {
    record_.succeeded_at = clock::now();
    if (rule_.result) record_.result = rule_.result();
    last_success_.set(
        std::chrono::duration<double>(record_.succeeded_at->time_since_epoch()).count());
  }
  news_ = true;
  const bool rare = rule_.at || rule_.period >= 1min;
  urgent_ = urgent_ || first || rare || failure || was_failing;

  const milliseconds longer = rule_.period * (1 << std::min(record_.failures, kMostDoublings));
  next_ = Steady::now() +
          (failure ? std::max(rule_.period, std::min(longer, rule_.longest_pause)) : rule_.period);
}

}  // namespace bordero::background
