#include "platform/reminders/engine.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>

#include "platform/base/log.hpp"
#include "platform/mq/publish_many.hpp"
#include "platform/reminders/rule_sql.hpp"

namespace bordero::reminders {
namespace {

using namespace std::chrono_literals;

constexpr auto kBatchLimit = 60s;
// Longer than the catch-up, so that a clock set back by weeks repeats nothing.
constexpr int kKeptDays = 60;
constexpr auto kLookAgain = 60s;

// fired_reminders grows by tens of thousands within minutes, faster than its statistics: without
// this the planner takes it for empty and compares every subject with every row.
constexpr const char* kByIndex = R"sql(
    SELECT set_config(name, 'off', true)
      FROM unnest('{enable_seqscan,enable_hashjoin,enable_mergejoin}'::text[]) AS name)sql";

mq::Publication publication(const EventOf& event, const Rule& rule, const pg::Row& row) {
  // Not about the subject's record: what it says would be taken for that record's fields.
  mq::About about{.entity_type = "reminder",
                  .entity_id = row.get<std::string>("subject_id"),
                  .audience_users = row.get<std::vector<std::string>>("audience_ids"),
                  .audience_roles = rule.audience_roles};
  return {event(row.to<common::v1::Reminder>()), std::move(about)};
}

Place place_of(const pg::Row& row) {
  return {row.get<std::string>("base_on"), row.get<int>("offset_days"),
          row.get<std::string>("subject_id")};
}

// Requests of others take their turn between the pieces.
awaitable<void> publish_in_pieces(pg::Transaction& tx, const Context& context,
                                  std::vector<mq::Publication> publications) {
  constexpr std::size_t kPiece = 250;
  const auto executor = co_await asio::this_coro::executor;
  for (std::size_t from = 0; from < publications.size(); from += kPiece) {
    const auto first = publications.begin() + static_cast<std::ptrdiff_t>(from);
    const auto size = std::min(kPiece, publications.size() - from);
    const std::vector<mq::Publication> piece(
        std::make_move_iterator(first),
        std::make_move_iterator(first + static_cast<std::ptrdiff_t>(size)));
    mq::publish_many(tx, context, piece);
    co_await asio::post(executor, asio::use_awaitable);
  }
}

void count_fired(const std::string& service, const Rule& rule, int fired) {
  telemetry::counter("bordero_reminders_fired_total", "Reminders told by the clock.",
                     {{"service", service}, {"rule", name_of(rule.rule)}})
      .add(fired);
}

}  // namespace

// Where the part has come to, batch by batch.
struct Engine::Batch {
  const Part& part;
  Window window;
  Instant now;
  Place after = {};
  int fired = 0;
};

Engine::Engine(pg::Database& db, Settings settings, std::vector<Rule> rules, EventOf event)
    : db_(db), settings_(std::move(settings)), rules_(std::move(rules)), event_(std::move(event)) {}

awaitable<Result<int>> Engine::run() {
  const bool up = co_await db_.healthy();
  if (!up) co_return unavailable("database_unavailable");
  const Instant now = clock::now();
  const Window window = window_at(now, settings_.at, done_);
  CO_TRY(const int fired, co_await fire(window, now));
  if (done_ != window.to) CO_TRY_VOID(co_await forget(now));
  done_ = window.to;
  co_return fired;
}

// A rule that fails keeps no other from firing.
awaitable<Result<int>> Engine::fire(Window window, Instant now) {
  int fired = 0;
  std::optional<Error> failure;
  for (const Part& part : parts_of(rules_)) {
    const auto of_part = co_await fire_part(part, window, now);
    if (!of_part) failure = of_part.error();
    if (!of_part || *of_part == 0) continue;
    count_fired(settings_.service, *part.rule, *of_part);
    fired += *of_part;
  }
  if (failure) co_return *failure;
  co_return fired;
}

awaitable<Result<int>> Engine::fire_part(const Part& part, Window window, Instant now) {
  Batch batch{.part = part, .window = window, .now = now};
  const background::RowRule rule{
      .name = name_of(part.rule->rule), .at_once = settings_.batch, .limit = kBatchLimit};
  const background::WorkOnRows work = [&](pg::Transaction& tx, Context& ctx,
                                          background::Portion& portion) {
    return fire_batch(tx, ctx, batch, portion);
  };
  bool more = true;
  while (more) {
    CO_TRY(more, co_await background::take_some(db_, rule, work));
  }
  co_return batch.fired;
}

awaitable<Result<void>> Engine::fire_batch(pg::Transaction& tx, const Context& ctx, Batch& batch,
                                           background::Portion& portion) {
  const Part& part = batch.part;
  const std::string leader =
      "bordero.reminders." + settings_.service + "." + name_of(part.rule->rule);
  const auto led = co_await tx.find_one(
      "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS led", leader);
  if (!led->get<bool>("led")) co_return unavailable("reminders_are_led_elsewhere");

  tx.execute(kByIndex);
  Statement due = claim(part, batch.window, batch.now, batch.after, portion.limit);
  const auto rows = co_await tx.query_with(std::move(due.sql), std::move(due.params));
  for (const pg::Row& row : rows) portion.ids.push_back(row.get<std::string>("subject_id"));
  std::vector<mq::Publication> publications;
  for (const pg::Row& row : rows) {
    if (row.get<bool>("fires")) publications.push_back(publication(event_, *part.rule, row));
  }
  const int fired = static_cast<int>(publications.size());
  co_await publish_in_pieces(tx, ctx, std::move(publications));
  if (rows.empty()) co_return Result<void>();
  portion.afterwards = [&batch, fired, place = place_of(rows.back())]() -> awaitable<void> {
    batch.fired += fired;
    batch.after = place;
    co_return;
  };
  co_return Result<void>();
}

awaitable<Result<void>> Engine::forget(Instant now) {
  Context context = system_context("forget_reminders", kBatchLimit);
  CO_TRY(auto tx, co_await db_.begin(context));
  tx.execute(R"sql(
      DELETE FROM fired_reminders
       WHERE ctid = ANY (ARRAY(SELECT ctid FROM fired_reminders WHERE fires_on < $1 LIMIT 100000))
      )sql",
             clock::date_of(now).plus_days(-kKeptDays));
  co_return co_await tx.commit();
}

namespace {

// Runs the engine of one rule when there may be something to fire.
class Clock {
 public:
  Clock(pg::Database& db, const Settings& settings, const Rule& rule, const EventOf& event)
      : service_(settings.service),
        at_(settings.at),
        engine_(db, settings, {rule}, event),
        seconds_(telemetry::histogram("bordero_reminders_run_seconds",
                                      "How long the clock looked for what is due.",
                                      {{"service", service_}})) {}

  awaitable<Result<bool>> turn() {
    const auto started = std::chrono::steady_clock::now();
    const Date last = last_due_day(clock::now(), at_);
    if (done_ == last && started < next_) co_return false;
    next_ = started + kLookAgain;
    const auto fired = co_await engine_.run();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    seconds_.observe(took.count());
    if (!fired) co_return fired.error();
    done_ = last;
    if (*fired > 0) log::info("reminders fired", {{"service", service_}, {"count", *fired}});
    co_return false;
  }

 private:
  std::string service_;
  std::chrono::minutes at_;
  Engine engine_;
  std::optional<Date> done_;
  std::chrono::steady_clock::time_point next_{};
  telemetry::Histogram seconds_;
};

}  // namespace

std::vector<background::Rule> jobs_of(pg::Database& db, const Settings& settings,
                                      const std::vector<Rule>& rules, const EventOf& event) {
  std::vector<background::Rule> jobs;
  for (const Rule& rule : rules) {
    const auto clock = std::make_shared<Clock>(db, settings, rule, event);
    jobs.push_back({.name = name_of(rule.rule), .step = [clock] { return clock->turn(); }});
  }
  return jobs;
}

}  // namespace bordero::reminders
