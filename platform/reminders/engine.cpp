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
constexpr auto kTurn = 1s;
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

struct Engine::Batch {
  int fired = 0;
  std::optional<Place> next;  // Absent after the last, and when another instance leads.
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

awaitable<Result<int>> Engine::fire(Window window, Instant now) {
  int fired = 0;
  for (const Part& part : parts_of(rules_)) {
    int of_part = 0;
    std::optional<Place> place = Place{};
    while (place) {
      CO_TRY(const Batch batch, co_await fire_batch(part, window, now, *place));
      of_part += batch.fired;
      place = batch.next;
    }
    if (of_part > 0) count_fired(settings_.service, *part.rule, of_part);
    fired += of_part;
  }
  co_return fired;
}

awaitable<Result<Engine::Batch>> Engine::fire_batch(const Part& part, Window window, Instant now,
                                                    const Place& after) {
  Context context = system_context(name_of(part.rule->rule), kBatchLimit);
  CO_TRY(auto tx, co_await db_.begin(context));
  const std::string leader = "bordero.reminders." + settings_.service;
  const auto led = co_await tx.find_one(
      "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS led", leader);
  if (!led->get<bool>("led")) co_return unavailable("reminders_are_led_elsewhere");

  tx.execute(kByIndex);
  Statement due = claim(part, window, now, after, settings_.batch);
  const auto rows = co_await tx.query_with(std::move(due.sql), std::move(due.params));
  std::vector<mq::Publication> publications;
  for (const pg::Row& row : rows) {
    if (row.get<bool>("fires")) publications.push_back(publication(event_, *part.rule, row));
  }
  Batch batch{.fired = static_cast<int>(publications.size())};
  co_await publish_in_pieces(tx, context, std::move(publications));
  CO_TRY_VOID(co_await tx.commit());
  if (rows.size() == static_cast<std::size_t>(settings_.batch)) {
    batch.next = place_of(rows.back());
  }
  co_return batch;
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

Clock::Clock(asio::any_io_executor executor, pg::Database& db, Settings settings,
             std::vector<Rule> rules, EventOf event)
    : service_(settings.service),
      at_(settings.at),
      engine_(db, std::move(settings), std::move(rules), std::move(event)),
      seconds_(telemetry::histogram("bordero_reminders_run_seconds",
                                    "How long the clock looked for what is due.",
                                    {{"service", service_}})),
      job_(std::move(executor), service_ + "-reminders", kTurn, [this] { return turn(); }) {}

awaitable<void> Clock::turn() {
  const auto started = std::chrono::steady_clock::now();
  const Date last = last_due_day(clock::now(), at_);
  if (done_ == last && started < next_) co_return;
  next_ = started + kLookAgain;
  const auto fired = co_await engine_.run();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  seconds_.observe(took.count());
  if (!fired) {
    log::debug("reminders wait", {{"service", service_}, {"reason", fired.error().reason}});
    co_return;
  }
  done_ = last;
  if (*fired > 0) log::info("reminders fired", {{"service", service_}, {"count", *fired}});
}

}  // namespace bordero::reminders
