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

constexpr auto kProbeLimit = 2s;

// Whether the statement might succeed when repeated: connection, resources, locks, shutdown, I/O,
// serialization. Everything else is about what the event says.
bool passing(std::string_view sqlstate) {
  static const std::set<std::string_view> classes = {"08", "25", "40", "53", "55",
                                                     "57", "58", "F0", "XX"};
  return sqlstate.size() < 2 || classes.contains(sqlstate.substr(0, 2));
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

std::optional<Outcome> Attempt::take_outcome() {
  const std::lock_guard lock(guard_);
  return std::exchange(outcome_, std::nullopt);
}

void Attempt::end(Outcome outcome) {
  const std::lock_guard lock(guard_);
  outcome_ = std::move(outcome);
}

std::shared_ptr<Attempt> Applier::start(Events events, std::chrono::milliseconds limit) {
  auto attempt = std::make_shared<Attempt>();
  asio::co_spawn(executor_, run(attempt, std::move(events), limit), asio::detached);
  return attempt;
}

std::shared_ptr<Attempt> Applier::probe() {
  auto attempt = std::make_shared<Attempt>();
  asio::co_spawn(executor_, run_probe(attempt), asio::detached);
  return attempt;
}

awaitable<void> Applier::run(std::shared_ptr<Attempt> attempt, Events events,
                             std::chrono::milliseconds limit) {
  const auto self = shared_from_this();
  if (stopping_) co_return;
  Outcome outcome = co_await outcome_of(events, limit);
  if (outcome.kind == Outcome::Kind::stuck && !stopping_) {
    // Our world is broken, or this event breaks it: the database tells which.
    log::warning("event could not be applied", {{"service", service_}, {"detail", outcome.reason}});
    const bool well = co_await writable();
    if (!well) outcome.kind = Outcome::Kind::down;
  }
  end(*attempt, std::move(outcome));
}

awaitable<void> Applier::run_probe(std::shared_ptr<Attempt> attempt) {
  const auto self = shared_from_this();
  if (stopping_) co_return;
  const bool well = co_await writable();
  end(*attempt, {well ? Outcome::Kind::applied : Outcome::Kind::down, "database_unavailable"});
}

void Applier::end(Attempt& attempt, Outcome outcome) {
  attempt.end(std::move(outcome));
  wakeup.wake();
}

// Reading says little: a standby and a full disk still read. This is what every event needs.
awaitable<bool> Applier::writable() {
  const std::string id = Uuid::v7().str();
  Context context = system_context("events", kProbeLimit);
  try {
    auto tx = co_await database_.begin(context);
    if (!tx) co_return false;
    tx->execute("INSERT INTO inbox (event_id) VALUES ($1)", id);
    tx->execute("DELETE FROM inbox WHERE event_id = $1", id);
    const auto done = co_await tx->commit();
    co_return done.ok();
  } catch (const std::exception&) {
    co_return false;
  }
}

awaitable<Outcome> Applier::outcome_of(const Events& events, std::chrono::milliseconds limit) {
  using Kind = Outcome::Kind;
  try {
    const auto done = co_await apply(events, limit);
    if (done) co_return Outcome{Kind::applied};
    const bool again = done.error().kind == ErrorKind::unavailable;
    co_return Outcome{again ? Kind::stuck : Kind::refused, done.error().reason};
  } catch (const pg::SqlError& failed) {
    const bool again = passing(failed.sqlstate);
    co_return Outcome{again ? Kind::stuck : Kind::refused, "sql_" + failed.sqlstate};
  } catch (const Broken& failed) {
    log::warning("event met something broken", {{"service", service_}, {"detail", failed.what()}});
    co_return Outcome{Kind::stuck, "broken"};
  } catch (const std::exception& failed) {
    log::error("event met a bug", {{"service", service_}, {"detail", failed.what()}});
    co_return Outcome{Kind::refused, "internal"};
  }
}

awaitable<Result<void>> Applier::apply(const Events& events, std::chrono::milliseconds limit) {
  std::vector<std::string> ids;
  for (const auto& event : events) {
    const auto id = Uuid::parse(event.meta.id());
    if (!id) co_return invalid("event_id_is_not_a_uuid");
    ids.push_back(id->str());
  }
  Context context = system_context("events", limit);
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
