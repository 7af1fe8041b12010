#include "platform/background/work.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <set>

#include "platform/background/copies.hpp"
#include "platform/background/take_some.hpp"
#include "platform/background/turns.hpp"
#include "platform/base/job.hpp"
#include "platform/base/log.hpp"
#include "platform/telemetry/health.hpp"

namespace bordero::background {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kWatchEvery = 1s;
constexpr auto kLookAfterEvery = 5s;  // Locks, wishes and news, once all rules are led.
constexpr auto kKeepNewsEvery = 1min;
constexpr auto kForgetEvery = 10min;
constexpr auto kLimit = 5s;
constexpr auto kForgetLimit = 30s;

awaitable<Result<bool>> forget_old_work(pg::Database& db) {
  Context ctx = system_context("forget_old_work", kForgetLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto row = co_await tx.find_one("SELECT forget_old_work(1000) AS forgotten");
  CO_TRY_VOID(co_await tx.commit());
  co_return row->get<int>("forgotten") > 0;
}

}  // namespace

struct Work::State {
  State(const asio::any_io_executor& executor, Settings from);

  void add(Rule rule);
  awaitable<void> watch();
  awaitable<void> try_to_look_after();
  awaitable<Result<void>> look_after();
  awaitable<Result<void>> lead_and_take_wishes(pg::Transaction& tx);
  awaitable<Result<void>> keep_news();
  void permit();

  asio::any_io_executor executor;
  const Settings settings;
  pg::Database db;
  // Its one connection holds the locks of the rules that are led here, and they go with it.
  pg::Database locks;
  mq::Relay relay;
  mq::Consumer consumer;
  bool listens = false;
  std::vector<std::shared_ptr<Turns>> jobs;
  std::shared_ptr<std::atomic<bool>> copies_filled = std::make_shared<std::atomic<bool>>(true);
  // Outlives this, for who asks about readiness while the process stops.
  std::shared_ptr<std::atomic<bool>> database_up = std::make_shared<std::atomic<bool>>(false);
  bool entered = false;
  std::set<std::string> led;
  Steady::time_point look_at{};
  Steady::time_point keep_at{};
  Job watching;
};

Work::State::State(const asio::any_io_executor& on, Settings from)
    : executor(on),
      settings(std::move(from)),
      db(on, {.dsn = settings.pg_dsn,
              .pool_size = settings.pool_size,
              .application_name = settings.service + "-background"}),
      locks(on, {.dsn = settings.pg_dsn,
                 .pool_size = 1,
                 .application_name = settings.service + "-leader"}),
      relay(
          {.service = settings.service, .pg_dsn = settings.pg_dsn, .amqp_url = settings.amqp_url}),
      consumer({.service = settings.service,
                .amqp_url = settings.amqp_url,
                .batch = settings.events_at_once},
               on, db),
      watching(on, settings.service + "_watch", kWatchEvery, [this] { return watch(); }) {
  add({.name = "forget_old_work",
       .step = [this] { return forget_old_work(db); },
       .period = kForgetEvery});
}

void Work::State::add(Rule rule) {
  jobs.push_back(std::make_shared<Turns>(executor, settings.service, std::move(rule)));
}

awaitable<void> Work::State::watch() {
  const UnderWay counted;
  const bool up = co_await db.healthy();
  *database_up = up;
  if (!up) look_at = {};  // The locks may have gone with the connection.
  if (up && Steady::now() >= look_at) co_await try_to_look_after();
  permit();
}

awaitable<void> Work::State::try_to_look_after() {
  std::string failure;
  try {
    const auto looked = co_await look_after();
    if (!looked) failure = looked.error().reason;
  } catch (const std::exception& failed) {
    failure = reason_of(failed);
  }
  if (!failure.empty()) log::warning("jobs are not looked after", {{"reason", failure}});
}

void Work::State::permit() {
  const bool up = *database_up;
  for (const auto& job : jobs) {
    const bool here = job->rule().where == Where::everywhere || led.contains(job->rule().name);
    job->allow(up && entered && here);
  }
}

// Until it comes to its end, nobody is known to lead.
awaitable<Result<void>> Work::State::look_after() {
  const auto led_before = std::exchange(led, {});
  Context ctx = system_context("background", kLimit);
  CO_TRY(auto tx, co_await locks.read(ctx));
  if (!entered) {
    std::vector<Record> records;
    for (const auto& job : jobs) records.push_back(job->record());
    enter(tx, records);
  }
  CO_TRY_VOID(co_await lead_and_take_wishes(tx));
  if (!entered || led != led_before) {
    const auto starts = co_await last_starts(tx);
    for (const auto& job : jobs) {
      const auto start = starts.find(job->rule().name);
      if (start != starts.end()) job->started_last(start->second);
    }
  }
  entered = true;
  CO_TRY_VOID(co_await keep_news());
  // Who waits for another process to end takes over at once.
  const bool all = led.size() == jobs.size();
  look_at = all ? Steady::now() + kLookAfterEvery : Steady::time_point{};
  co_return Result<void>();
}

awaitable<Result<void>> Work::State::lead_and_take_wishes(pg::Transaction& tx) {
  std::vector<std::string> names;
  for (const auto& job : jobs) names.push_back(job->rule().name);
  const auto mine = co_await lead(tx, names);
  const auto asked = co_await take_asked(tx, mine);
  led = {mine.begin(), mine.end()};
  for (const auto& job : jobs) {
    if (std::find(asked.begin(), asked.end(), job->rule().name) != asked.end()) job->ask_now();
  }
  co_return Result<void>();
}

// What is nothing new but the time is kept once a minute: an idle system writes next to nothing.
awaitable<Result<void>> Work::State::keep_news() {
  const bool urgent =
      std::any_of(jobs.begin(), jobs.end(), [](const auto& job) { return job->is_urgent(); });
  if (!urgent && Steady::now() < keep_at) co_return Result<void>();
  Context ctx = system_context("background", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  for (const auto& job : jobs) {
    if (!job->has_news()) continue;
    save(tx, job->record());
    job->kept();
  }
  const auto aside = co_await count_set_aside(tx);
  CO_TRY_VOID(co_await tx.commit());
  for (const auto& job : jobs) {
    const auto found = aside.find(job->rule().name);
    job->count_set_aside(found == aside.end() ? 0 : found->second);
  }
  keep_at = Steady::now() + kKeepNewsEvery;
  co_return Result<void>();
}

Work::Work(const asio::any_io_executor& executor, Settings settings)
    : state_(std::make_unique<State>(executor, std::move(settings))) {}

Work::~Work() { stop(); }

pg::Database& Work::db() { return state_->db; }
mq::Consumer& Work::consumer() {
  state_->listens = true;
  return state_->consumer;
}
void Work::add(Rule rule) { state_->add(std::move(rule)); }
void Work::add(std::vector<Rule> rules) {
  for (Rule& rule : rules) state_->add(std::move(rule));
}

void Work::keep(std::vector<Copy> copies, ComparedEvent event) {
  *state_->copies_filled = copies.empty();
  add(rules_of_copies(state_->db, state_->settings.service, std::move(copies), std::move(event),
                      state_->copies_filled));
}

std::shared_ptr<const std::atomic<bool>> Work::copies_filled() const {
  return state_->copies_filled;
}

void Work::start() {
  telemetry::add_readiness(
      state_->settings.service + "_postgres", [up = state_->database_up] { return up->load(); },
      state_->settings.required);
  if (state_->listens) state_->consumer.start();
  state_->watching.start();
  for (const auto& job : state_->jobs) {
    asio::co_spawn(state_->executor, Turns::run(job), asio::detached);
  }
}

void Work::stop() {
  state_->watching.stop();
  // What is posted may run after this is gone.
  asio::post(state_->executor, [jobs = state_->jobs] {
    for (const auto& job : jobs) job->stop();
  });
}

}  // namespace bordero::background
