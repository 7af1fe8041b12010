#pragma once

#include <boost/asio/steady_timer.hpp>

#include "platform/background/job_store.hpp"
#include "platform/background/rule.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::background {

// Counted by turns_under_way() while it lives.
class UnderWay {
 public:
  UnderWay();
  ~UnderWay();
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;
};

// One job: when its rule's next turn is, and how the last ones went. On one thread.
class Turns {
 public:
  Turns(const asio::any_io_executor& executor, const std::string& service, Rule rule);

  // Runs the rule whenever its time has come and it may run, until it is stopped.
  static awaitable<void> run(std::shared_ptr<Turns> turns);
  void stop();
  // Whether the database answers and this process leads the rule.
  void allow(bool allowed);
  void ask_now();              // Out of turn.
  void started_last(Instant);  // In whatever process; what a daily rule counts from.

  const Rule& rule() const { return rule_; }
  const Record& record() const { return record_; }
  // Whether `record` has news, and whether they should be kept at once.
  bool has_news() const { return news_; }
  bool is_urgent() const { return urgent_; }
  void kept();
  void count_set_aside(int rows) { set_aside_.set(rows); }

 private:
  using Steady = std::chrono::steady_clock;
  bool is_due() const;
  Steady::duration pause() const;
  awaitable<void> turn();
  awaitable<std::optional<std::string>> steps();
  void note(Instant started, Steady::duration took, const std::optional<std::string>& failure);

  Rule rule_;
  std::string service_;
  asio::steady_timer timer_;
  Record record_;
  bool allowed_ = false;
  bool stopped_ = false;
  bool asked_ = false;
  bool news_ = false;
  bool urgent_ = false;
  Steady::time_point next_{};
  std::optional<Instant> last_start_;
  telemetry::Counter runs_;
  telemetry::Counter failures_;
  telemetry::Histogram seconds_;
  telemetry::Gauge last_success_;
  telemetry::Gauge set_aside_;
};

}  // namespace bordero::background
