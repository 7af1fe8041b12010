#include "services/gateway/src/stream/recent.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace bordero::gateway {

void Recent::note_gap() {
  gap_at_ = next_;
  wake();
}

void Recent::add(std::shared_ptr<const StreamEntry> entry) {
  entries_.push_back(std::move(entry));
  ++next_;
  if (entries_.size() > kKept) entries_.pop_front();
  wake();
}

void Recent::wake() {
  for (asio::steady_timer* timer : waiting_) timer->cancel();
}

bool Recent::reaches(std::uint64_t number) const {
  return number >= oldest() && number >= gap_at_ && number <= next_;
}

std::optional<std::uint64_t> Recent::after(const std::string& event_id) const {
  for (std::uint64_t number = next_; number > oldest(); --number) {
    if (at(number - 1).event_id == event_id) return number;
  }
  return std::nullopt;
}

awaitable<void> Recent::wait(std::chrono::steady_clock::time_point until) {
  asio::steady_timer timer(co_await asio::this_coro::executor, until);
  struct Waiting {
    Waiting(std::set<asio::steady_timer*>& all, asio::steady_timer& one) : set(all), timer(one) {
      set.insert(&timer);
    }
    ~Waiting() { set.erase(&timer); }
    std::set<asio::steady_timer*>& set;
    asio::steady_timer& timer;
  };
  const Waiting waiting(waiting_, timer);
  constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
  co_await timer.async_wait(kTuple);
}

}  // namespace bordero::gateway
