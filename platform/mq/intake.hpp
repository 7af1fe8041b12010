#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/backoff.hpp"
#include "platform/mq/applier.hpp"
#include "platform/mq/broker.hpp"

namespace bordero::mq {

// What a consumer does with the deliveries of its connection: which are applied next, which are set
// aside, and what becomes of each. Events of one subject keep their order; an event that is set
// aside holds back its own subject alone.
class Intake {
 public:
  using Clock = std::chrono::steady_clock;

  Intake(const Consumer::Settings& settings, Applier& applier);

  // Settles what has ended and starts what can be.
  void turn(Broker& broker);
  // How long nothing is to be done unless something comes.
  std::chrono::milliseconds pause() const;
  // The connection is gone with its deliveries. The broker delivers them again, and the inbox knows
  // what was done.
  void forget();

 private:
  using Tags = std::vector<std::uint64_t>;

  // An event that failed while the database was well, until it passes or its time is up.
  struct Aside {
    std::string subject;
    Clock::time_point since = Clock::now();
    Clock::time_point retry_at = Clock::now();
    Backoff pause{std::chrono::milliseconds(100), std::chrono::milliseconds(5000)};
    std::shared_ptr<Attempt> attempt = {};
  };

  void settle_main(Broker& broker);
  void settle_asides(Broker& broker);
  void settle_aside(Broker& broker, std::uint64_t tag, const Outcome& outcome);
  void start_main(Broker& broker);
  void start_asides(Broker& broker);
  Tags next_for_main(const Broker& broker) const;
  void set_aside(Broker& broker, std::uint64_t tag, const std::string& reason);
  // False when the parking queue refuses it.
  bool park(Broker& broker, std::uint64_t tag, const std::string& reason);
  void finish(Broker& broker, const Tags& tags);
  void back_off(const std::string& reason);
  void count(Broker& broker);

  const Consumer::Settings& settings_;
  Applier& applier_;
  // What is applied in order, from the front.
  std::shared_ptr<Attempt> main_;
  Tags main_tags_;      // Empty when they belong to a connection that is gone.
  int one_by_one_ = 0;  // Deliveries of a batch that failed as a whole.
  Backoff down_pause_{std::chrono::milliseconds(100), std::chrono::milliseconds(5000)};
  Clock::time_point retry_at_;
  std::map<std::uint64_t, Aside> asides_;
  Clock::time_point counted_;
  telemetry::Counter parked_total_;
  telemetry::Gauge parked_;
  telemetry::Gauge aside_;
};

}  // namespace bordero::mq
