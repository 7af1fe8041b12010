#pragma once

#include <atomic>
#include <chrono>
#include <string>

namespace bordero::mq {

// Wakes a thread that waits in poll, from any thread. Wakes while nobody waits are not lost.
class Wakeup {
 public:
  Wakeup();
  ~Wakeup();
  Wakeup(const Wakeup&) = delete;

  void wake();
  // Waits for a wake, for data on `socket` (-1: none), or for the time to pass. True when woken.
  bool wait(std::chrono::milliseconds limit, int socket = -1);
  // Waits for the time to pass or for `stopping` and a wake; other wakes do not end it.
  void pause(std::chrono::milliseconds length, const std::atomic<bool>& stopping);

 private:
  int event_;
};

// The relays of this process by service name, so that publish() finds the one to wake.
void add_relay(const std::string& service, Wakeup& wakeup);
void remove_relay(const std::string& service, const Wakeup& wakeup);
void wake_relay(const std::string& service);

}  // namespace bordero::mq
