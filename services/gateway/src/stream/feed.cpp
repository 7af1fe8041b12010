#include "services/gateway/src/stream/feed.hpp"

#include <boost/asio/post.hpp>

namespace bordero::gateway {
namespace {

// Entries that wait for a worker's thread; beyond it they are dropped, and a gap is told.
constexpr int kWaiting = 10'000;

}  // namespace

struct Feed::Listener {
  asio::any_io_executor executor;
  OnEntry on_entry;
  OnGap on_gap;
  std::atomic<int> waiting = 0;
  std::atomic<bool> missed = false;
  std::atomic<bool> gone = false;
};

Feed::Feed(const std::string& amqp_url)
    : subscription_(
          amqp_url, "gateway.stream", {"#"}, thread_.get_executor(),
          [this](const mq::Event& event) {
            tell(std::make_shared<const StreamEntry>(entry_of(event)));
          },
          [this] { tell_gap(); }) {}

// The subscription's last events may still be told by its thread.
Feed::~Feed() {
  thread_.stop();
  thread_.join();
}

std::shared_ptr<void> Feed::listen(asio::any_io_executor executor, OnEntry on_entry, OnGap on_gap) {
  const auto listener = std::make_shared<Listener>();
  listener->executor = std::move(executor);
  listener->on_entry = std::move(on_entry);
  listener->on_gap = std::move(on_gap);
  const std::lock_guard lock(guard_);
  listeners_.push_back(listener);
  return {nullptr, [listener](void*) { listener->gone = true; }};
}

std::vector<std::shared_ptr<Feed::Listener>> Feed::listeners() {
  const std::lock_guard lock(guard_);
  std::erase_if(listeners_, [](const auto& one) { return one->gone.load(); });
  return listeners_;
}

void Feed::tell(const Entry& entry) {
  for (const auto& listener : listeners()) {
    if (listener->waiting >= kWaiting) {
      listener->missed = true;
      continue;
    }
    ++listener->waiting;
    asio::post(listener->executor, [listener, entry] {
      --listener->waiting;
      if (listener->gone) return;
      if (listener->missed.exchange(false)) listener->on_gap();
      listener->on_entry(entry);
    });
  }
}

void Feed::tell_gap() {
  for (const auto& listener : listeners()) {
    asio::post(listener->executor, [listener] {
      if (!listener->gone) listener->on_gap();
    });
  }
}

}  // namespace bordero::gateway
