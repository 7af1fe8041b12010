#include "platform/mq/applier.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <set>

#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"
#include "platform/mq/envelope.hpp"
#include "platform/telemetry/trace.hpp"

namespace bordero::mq {
namespace {

using namespace std::chrono_literals;

constexpr auto kLimit = 30s;  // Of one transaction.

// Whether the statement might succeed when repeated: connection, resources, locks, shutdown, I/O,
// serialization. Everything else is about what the event says.
bool passing(std::string_view sqlstate) {
  static const std::set<std::string_view> classes = {"08", "25", "40", "53", "55",
                                                     "57", "58", "F0", "XX"};
  return sqlstate.size() < 2 || classes.contains(sqlstate.substr(0, 2));
}

Outcome outcome_of_error(const Error& error) {
  const bool down = error.kind == ErrorKind::unavailable;
  return {down ? Outcome::Kind::retry : Outcome::Kind::refused, error.reason};
}

}  // namespace

Applier::Applier(const Consumer::Settings& settings, asio::any_io_executor executor,
                 pg::Database& database)
    : service_(settings.service),
      executor_(std::move(executor)),
      database_(database),
      applied_(telemetry::counter("bordero_events_applied_total", "Events applied.",
                                  {{"service", settings.service}})),
      duplicate_(telemetry::counter("bordero_events_duplicate_total",
                                    "Deliveries of events that were applied already.",
                                    {{"service", settings.service}})) {}

void Applier::on(const std::string& pattern, Consumer::Handler handler) {
  routes_.push_back({pattern, std::move(handler)});
}

std::vector<std::string> Applier::patterns() const {
  std::vector<std::string> all;
  for (const auto& route : routes_) all.push_back(route.pattern);
  return all;
}

void Applier::start(Events events, bool impatient) {
  asio::co_spawn(executor_, run(std::move(events), impatient), asio::detached);
}

std::optional<Outcome> Applier::take_outcome() {
  const std::lock_guard lock(guard_);
  return std::exchange(outcome_, std::nullopt);
}

awaitable<void> Applier::run(Events events, bool impatient) {
  const auto self = shared_from_this();
  if (stopping_) co_return;
  Outcome outcome;
  try {
    outcome = co_await outcome_of(events, impatient);
  } catch (const std::exception& failed) {
    outcome.reason = "internal";
    log::error("consumer met a bug", {{"service", service_}, {"detail", failed.what()}});
  }
  const std::lock_guard lock(guard_);
  outcome_ = std::move(outcome);
  wakeup.wake();
}

awaitable<Outcome> Applier::outcome_of(const Events& events, bool impatient) {
  std::string broken;
  try {
    const auto done = co_await apply(events);
    if (!done) co_return outcome_of_error(done.error());
    co_return Outcome{Outcome::Kind::applied};
  } catch (const pg::SqlError& failed) {
    const bool again = passing(failed.sqlstate);
    log::warning("event met an error of the database",
                 {{"service", service_}, {"sqlstate", failed.sqlstate}});
    co_return Outcome{again ? Outcome::Kind::retry : Outcome::Kind::refused,
                      "sql_" + failed.sqlstate};
  } catch (const Broken& failed) {
    broken = failed.what();
  } catch (const std::exception& failed) {
    log::error("event met a bug", {{"service", service_}, {"detail", failed.what()}});
    co_return Outcome{Outcome::Kind::refused, "internal"};
  }
  // Our world is broken, or this event breaks it: a healthy database tells which.
  log::warning("event could not be applied", {{"service", service_}, {"detail", broken}});
  const bool healthy = impatient && co_await database_.healthy();
  co_return Outcome{healthy ? Outcome::Kind::refused : Outcome::Kind::retry, "broken"};
}

awaitable<Result<void>> Applier::apply(const Events& events) {
  std::vector<std::string> ids;
  for (const auto& event : events) {
    const auto id = Uuid::parse(event.meta.id());
    if (!id) co_return invalid("event_id_is_not_a_uuid");
    ids.push_back(id->str());
  }
  Context context = system_context("events", kLimit);
  CO_TRY(auto tx, co_await database_.begin(context));
  // The broker may deliver twice, so the ids and the work commit together.
  const auto rows = co_await tx.query(R"sql(
      INSERT INTO inbox (event_id)
      SELECT unnest($1::uuid[])
          ON CONFLICT DO NOTHING
      RETURNING event_id)sql",
                                      ids);
  std::set<std::string> fresh;
  for (const auto& row : rows) fresh.insert(std::string(row.text("event_id")));
  const auto count = fresh.size();
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (fresh.erase(ids[i]) > 0) CO_TRY_VOID(co_await handle(tx, events[i]));
  }
  CO_TRY_VOID(co_await tx.commit());
  applied_.add(static_cast<double>(count));
  duplicate_.add(static_cast<double>(events.size() - count));
  co_return Result<void>();
}

awaitable<Result<void>> Applier::handle(pg::Transaction& tx, const Event& event) {
  telemetry::Span span("apply " + event.meta.type(), telemetry::Span::Kind::consumer,
                       TraceContext::parse(event.traceparent));
  Context context = tx.context();
  context.caller = system_caller(event.meta.type());
  context.trace = span.context();
  context.method = event.meta.type();
  for (const auto& route : routes_) {
    if (!matches(route.pattern, event.meta.type())) continue;
    const auto done = co_await route.handler(tx, context, event);
    if (!done) {
      span.fail(done.error().reason);
      co_return done.error();
    }
  }
  co_return Result<void>();
}

}  // namespace bordero::mq
