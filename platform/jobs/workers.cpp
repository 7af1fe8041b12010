#include "platform/jobs/workers.hpp"

#include <algorithm>

#include "platform/base/log.hpp"
#include "platform/jobs/attempt.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::jobs {
namespace {

using namespace std::chrono_literals;

constexpr auto kLimit = 10s;
constexpr auto kHousekeeping = 2s;
constexpr auto kLookAtTheClock = 1s;
constexpr int kForgottenAtOnce = 100;

telemetry::Gauge gauge_of(const char* name, const char* help, const std::string& service) {
  return telemetry::gauge(name, help, {{"service", service}});
}

std::vector<std::string> names_of(const std::vector<Kind>& kinds) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.push_back(kind.name);
  return names;
}

}  // namespace

// Held by what is under way, so that it outlives who stops.
struct Workers::State {
  State(pg::Database& database, rpc::Peers& asked, Declaration declared, std::vector<Kind> known,
        const Settings& settings, std::vector<Schedule> schedules)
      : db(database),
        peers(asked),
        service(std::move(declared)),
        kinds(std::move(known)),
        names(names_of(kinds)),
        timing(settings.timing),
        scheduler(database, service, kinds, std::move(schedules)),
        queued(gauge_of("bordero_jobs_queued", "Jobs that wait for a worker.", service.service)),
        running(gauge_of("bordero_jobs_running", "Jobs that a worker has, or had and gave back.",
                         service.service)) {}

  pg::Database& db;
  rpc::Peers& peers;
  const Declaration service;
  const std::vector<Kind> kinds;
  const std::vector<std::string> names;
  const Timing timing;
  Scheduler scheduler;
  telemetry::Gauge queued;
  telemetry::Gauge running;
  std::atomic<bool> stopping = false;
  std::vector<std::unique_ptr<bordero::Job>> loops;

  awaitable<Result<std::optional<Taken>>> take(Priority lowest) const {
    Context ctx = system_context("take_job", kLimit);
    {
      CO_TRY(auto looking, co_await db.read(ctx));
      if (!co_await any_to_take(looking, names, lowest)) co_return std::optional<Taken>();
    }
    CO_TRY(auto tx, co_await db.begin(ctx));
    auto job = co_await take_job(tx, service, names, lowest, timing.lease);
    CO_TRY_VOID(co_await tx.commit());
    co_return job;
  }

  awaitable<Result<bool>> run_next(Priority lowest) const {
    CO_TRY(auto taken, co_await take(lowest));
    if (!taken) co_return false;
    telemetry::counter("bordero_jobs_attempts_total", "Times that a worker took a job up.",
                       {{"service", service.service}, {"kind", taken->kind}})
        .add();
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const Kind& one) { return one.name == taken->kind; });
    Attempt attempt(db, peers, service, timing, stopping, *kind, std::move(*taken));
    CO_TRY_VOID(co_await attempt.run());
    co_return true;
  }

  static awaitable<void> work(std::shared_ptr<State> state, Priority lowest) {
    while (state && !state->stopping && co_await state->db.healthy()) {
      const auto more = co_await state->run_next(lowest);
      if (!more) log::warning("jobs wait", {{"reason", more.error().reason}});
      if (!more || !*more) co_return;
    }
  }

  static awaitable<void> look_at_the_clock(std::shared_ptr<State> state) {
    if (!state || state->stopping) co_return;
    const auto made = co_await state->scheduler.run();
    if (!made) log::debug("schedules wait", {{"reason", made.error().reason}});
  }

  static awaitable<void> keep_house(std::shared_ptr<State> state) {
    if (!state || !co_await state->db.healthy()) co_return;
    Context ctx = system_context("forget_jobs", kLimit);
    auto tx = co_await state->db.begin(ctx);
    if (!tx) co_return;
    co_await forget_jobs(*tx, kForgottenAtOnce);
    const JobCounts counts = co_await count_jobs(*tx);
    const auto kept = co_await tx->commit();
    if (!kept) co_return;
    state->queued.set(counts.queued);
    state->running.set(counts.running);
  }
};

Workers::Workers(const asio::any_io_executor& executor, pg::Database& db, rpc::Peers& peers,
                 Declaration service, std::vector<Kind> kinds, Settings settings,
                 std::vector<Schedule> schedules) {
  const bool timed = !schedules.empty();
  state_ = std::make_shared<State>(db, peers, std::move(service), std::move(kinds), settings,
                                   std::move(schedules));
  const std::string name = state_->service.service + "-jobs";
  // The loops belong to the state, so they do not hold it; the turn that is under way does.
  const auto self = [weak = std::weak_ptr<State>(state_)] { return weak.lock(); };
  const auto add = [&](std::chrono::milliseconds period, std::function<awaitable<void>()> work) {
    state_->loops.push_back(
        std::make_unique<bordero::Job>(executor, name, period, std::move(work)));
  };
  for (int i = 0; i < settings.workers; ++i) {
    const bool urgent = i == 0 && settings.workers > 1;
    const Priority lowest = urgent ? Priority::interactive : Priority::batch;
    add(settings.look, [self, lowest] { return State::work(self(), lowest); });
  }
  add(kHousekeeping, [self] { return State::keep_house(self()); });
  if (timed) add(kLookAtTheClock, [self] { return State::look_at_the_clock(self()); });
}
Workers::~Workers() { stop(); }

void Workers::start() {
  for (auto& loop : state_->loops) loop->start();
}

void Workers::stop() {
  state_->stopping = true;
  for (auto& loop : state_->loops) loop->stop();
}

awaitable<Result<bool>> Workers::run_next(Priority lowest) {
  co_return co_await state_->run_next(lowest);
}

}  // namespace bordero::jobs
