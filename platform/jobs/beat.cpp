#include "platform/jobs/beat.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/log.hpp"

namespace bordero::jobs {

using std::chrono::steady_clock;

struct Beat::State {
  State(const asio::any_io_executor& executor, pg::Database& database, const Taken& taken,
        Lease every, steady_clock::time_point limit)
      : timer(executor), db(database), job(taken), lease(every), until(limit) {}

  asio::steady_timer timer;
  pg::Database& db;
  Taken job;
  Lease lease;
  steady_clock::time_point until;
  bool ended = false;

  awaitable<Result<void>> renew() const {
    Context ctx = system_context("renew_lease", lease);
    CO_TRY(auto tx, co_await db.begin(ctx));
    renew_lease(tx, job, lease);
    co_return co_await tx.commit();
  }
  awaitable<void> beat() const {
    try {
      const auto renewed = co_await renew();
      if (!renewed) log::debug("a lease was not renewed", {{"reason", renewed.error().reason}});
    } catch (const std::exception& failure) {
      // The next beat may come in time; if none does, another worker goes on.
      log::debug("a lease was not renewed", {{"reason", failure.what()}});
    }
  }
  static awaitable<void> run(std::shared_ptr<State> state) {
    while (!state->ended) {
      state->timer.expires_after(state->lease / 3);
      boost::system::error_code cancelled;
      co_await state->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
      if (state->ended || steady_clock::now() > state->until) co_return;
      co_await state->beat();
    }
  }
};

Beat::Beat(asio::any_io_executor executor, pg::Database& db, const Taken& job, Lease lease,
           std::chrono::milliseconds limit)
    : state_(std::make_shared<State>(executor, db, job, lease, steady_clock::now() + limit)) {
  asio::co_spawn(executor, State::run(state_), asio::detached);
}

Beat::~Beat() {
  state_->ended = true;
  state_->timer.cancel();
}

}  // namespace bordero::jobs
