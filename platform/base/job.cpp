#include "platform/base/job.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/log.hpp"

namespace bordero {

struct Job::State {
  State(asio::any_io_executor executor, std::string name, std::chrono::milliseconds period,
        std::function<awaitable<void>()> work)
      : timer(executor), name(std::move(name)), period(period), work(std::move(work)) {}

  asio::steady_timer timer;
  std::string name;
  std::chrono::milliseconds period;
  std::function<awaitable<void>()> work;
  bool stopped = false;

  static awaitable<void> turn(std::shared_ptr<State> state) {
    try {
      co_await state->work();
    } catch (const std::exception& failure) {
      log::error("job failed", {{"job", state->name}, {"what", failure.what()}});
    }
  }

  static awaitable<void> run(std::shared_ptr<State> state) {
    while (!state->stopped) {
      co_await turn(state);
      if (state->stopped) break;
      state->timer.expires_after(state->period);
      boost::system::error_code cancelled;
      co_await state->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
  }
};

Job::Job(asio::any_io_executor executor, std::string name, std::chrono::milliseconds period,
         std::function<awaitable<void>()> work)
    : state_(std::make_shared<State>(executor, std::move(name), period, std::move(work))) {}

Job::~Job() { stop(); }

void Job::start() {
  asio::co_spawn(state_->timer.get_executor(), State::run(state_), asio::detached);
}

void Job::stop() {
  asio::post(state_->timer.get_executor(), [state = state_] {
    state->stopped = true;
    state->timer.cancel();
  });
}

}  // namespace bordero
