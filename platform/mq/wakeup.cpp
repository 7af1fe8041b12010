#include "platform/mq/wakeup.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "platform/base/error.hpp"

namespace bordero::mq {
namespace {

std::mutex relays_guard;
std::multimap<std::string, Wakeup*> relays;

}  // namespace

Wakeup::Wakeup() : event_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (event_ < 0) throw Broken("no descriptor for an event");
}

Wakeup::~Wakeup() { close(event_); }

void Wakeup::wake() { eventfd_write(event_, 1); }

bool Wakeup::wait(std::chrono::milliseconds limit, int socket) {
  pollfd watched[2] = {{event_, POLLIN, 0}, {socket, POLLIN, 0}};
  poll(watched, socket < 0 ? 1 : 2, static_cast<int>(std::max(limit.count(), std::int64_t{0})));
  eventfd_t count = 0;
  return (watched[0].revents & POLLIN) != 0 && eventfd_read(event_, &count) == 0;
}

void Wakeup::pause(std::chrono::milliseconds length, const std::atomic<bool>& stopping) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + length;
  while (!stopping && Clock::now() < end) {
    wait(std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()));
  }
}

void add_relay(const std::string& service, Wakeup& wakeup) {
  const std::lock_guard lock(relays_guard);
  relays.emplace(service, &wakeup);
}

void remove_relay(const std::string& service, const Wakeup& wakeup) {
  const std::lock_guard lock(relays_guard);
  const auto [begin, end] = relays.equal_range(service);
  const auto found = std::find_if(begin, end, [&](auto& entry) { return entry.second == &wakeup; });
  if (found != end) relays.erase(found);
}

void wake_relay(const std::string& service) {
  const std::lock_guard lock(relays_guard);
  const auto [begin, end] = relays.equal_range(service);
  std::for_each(begin, end, [](auto& entry) { entry.second->wake(); });
}

}  // namespace bordero::mq
