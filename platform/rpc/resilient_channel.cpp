#include "platform/rpc/resilient_channel.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/backoff.hpp"
#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::rpc {
namespace {

using std::chrono::milliseconds;

// Nobody answered, or the one who did has not what it needs. What a service says of its own accord,
// like a full queue of password hashes, is an answer and no reason to leave all its methods alone.
bool got_no_answer(const AnyReply& reply) {
  if (reply || reply.error().kind != ErrorKind::unavailable) return false;
  const std::string& reason = reply.error().reason;
  return reason == "dependency_unavailable" || reason == "deadline_exceeded" ||
         reason == "database_unavailable";
}

// Repeating it does no more than doing it once. `outcome_unknown` is what keys are for.
bool may_repeat(const Method& method, const Envelope& envelope, const AnyReply& reply) {
  const bool kept = method.keeps_answers() && !envelope.idempotency_key.empty();
  if (method.changes() && !kept) return false;
  if (got_no_answer(reply)) return true;
  return kept && !reply && reply.error().reason == "outcome_unknown";
}

class ResilientChannel : public Channel {
 public:
  ResilientChannel(std::unique_ptr<Channel> inner, const std::string& service, Patience patience)
      : inner_(std::move(inner)),
        service_(service),
        patience_(patience),
        breaker_(patience),
        repeats_(telemetry::counter("bordero_rpc_repeats_total",
                                    "Calls made again because nobody had answered.",
                                    {{"to", service}})),
        kept_back_(telemetry::counter("bordero_rpc_kept_back_total",
                                      "Calls not made because the breaker was open.",
                                      {{"to", service}})),
        open_(telemetry::gauge("bordero_rpc_breakers_open",
                               "Worker threads that leave this service alone.",
                               {{"to", service}})) {}
  ~ResilientChannel() override {
    if (breaker_.open()) open_.add(-1);
  }

  awaitable<AnyReply> call(Envelope envelope, const Message& request,
                           const Message& reply) override {
    const Method* method = find_method(envelope.method);
    ensure(method != nullptr, "who is asked stands in the contract");
    const auto deadline = Breaker::Clock::now() + envelope.time_left;
    // The gateway's clients bring their own keys, or want none.
    const bool own = envelope.caller_service != "gateway";
    if (own && method->keeps_answers() && envelope.idempotency_key.empty()) {
      envelope.idempotency_key = Uuid::v7().str();
    }
    saved_up_ = std::min(saved_up_ + patience_.budget, patience_.budget_at_once);
    for (int repeat = 0;; ++repeat) {
      if (!breaker_.admits(Breaker::Clock::now())) {
        kept_back_.add();
        co_return unavailable("dependency_unavailable");
      }
      AnyReply answer = co_await once(envelope, request, reply);
      if (repeat == patience_.repeats || !may_repeat(*method, envelope, answer)) co_return answer;
      const milliseconds pause =
          pause_before(repeat + 1, patience_.least_pause, patience_.most_pause);
      const auto left = std::chrono::duration_cast<milliseconds>(deadline - Breaker::Clock::now());
      if (breaker_.open() || saved_up_ < 1 || left <= pause) co_return answer;
      saved_up_ -= 1;
      repeats_.add();
      asio::steady_timer timer(co_await asio::this_coro::executor, pause);
      co_await timer.async_wait(asio::use_awaitable);
      envelope.time_left = left - pause;
    }
  }

  bool connected() const override { return inner_->connected(); }

 private:
  // Whatever becomes of the call, the breaker hears of it: a probe that nobody told of would be the
  // last call of all.
  awaitable<AnyReply> once(const Envelope& envelope, const Message& request, const Message& reply) {
    struct Telling {
      ~Telling() { channel.tell(failed); }
      ResilientChannel& channel;
      bool failed = true;
    } telling{*this};
    AnyReply answer = co_await inner_->call(envelope, request, reply);
    telling.failed = got_no_answer(answer);
    co_return answer;
  }

  void tell(bool failed) {
    const bool was_open = breaker_.open();
    breaker_.tell(failed, Breaker::Clock::now());
    if (was_open == breaker_.open()) return;
    open_.add(breaker_.open() ? 1 : -1);
    if (breaker_.open()) {
      log::warning("a service is left alone", {{"service", service_}});
    } else {
      log::info("a service answers again", {{"service", service_}});
    }
  }

  std::unique_ptr<Channel> inner_;
  const std::string service_;
  const Patience patience_;
  Breaker breaker_;
  double saved_up_ = 1;  // Of the budget; a quiet service is worth one repeat.
  telemetry::Counter repeats_;
  telemetry::Counter kept_back_;
  telemetry::Gauge open_;
};

}  // namespace

bool Breaker::admits(Clock::time_point now) {
  if (!open_) return true;
  if (probing_ || now < probe_at_) return false;
  probing_ = true;
  return true;
}

void Breaker::tell(bool failed, Clock::time_point now) {
  if (open_) {
    // Calls that were under way when it opened say nothing new.
    if (!probing_) return;
    probing_ = false;
    open_ = failed;
    probe_at_ = now + patience_.open_time;
    told_.clear();
    return;
  }
  told_.push_back({now, failed});
  while (told_.size() > patience_.judged_calls || now - told_.front().at > patience_.judged_time) {
    told_.pop_front();
  }
  const auto failures =
      std::count_if(told_.begin(), told_.end(), [](const Told& one) { return one.failed; });
  if (told_.size() < patience_.judged_calls ||
      static_cast<std::size_t>(failures) * 2 < patience_.judged_calls) {
    return;
  }
  open_ = true;
  probe_at_ = now + patience_.open_time;
  told_.clear();
}

std::unique_ptr<Channel> resilient_channel(std::unique_ptr<Channel> inner,
                                           const std::string& service, const Patience& patience) {
  return std::make_unique<ResilientChannel>(std::move(inner), service, patience);
}

}  // namespace bordero::rpc
