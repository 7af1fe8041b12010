#include "platform/https/call_record.hpp"

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::https {
namespace {

std::string_view outcome_name(const Outcome& outcome) {
  if (outcome.ending != Ending::answered) return ending_name(outcome.ending);
  const int status = outcome.response.status;
  if (status >= 500) return "failed";
  return status >= 400 ? "refused" : "ok";
}

}  // namespace

CallRecord::CallRecord(std::string call, std::string host, const Context& ctx)
    : call_(std::move(call)),
      host_(std::move(host)),
      span_(call_, telemetry::Span::Kind::client, ctx.trace) {
  span_.set("server.address", host_);
}

CallRecord::~CallRecord() {
  if (!ended_) count("cancelled");
}

void CallRecord::repeated() {
  ++repeats_;
  telemetry::counter("bordero_https_repeats_total", "Outgoing calls made again.", {{"call", call_}})
      .add();
}

void CallRecord::ended(const Outcome& outcome) {
  const auto name = outcome_name(outcome);
  const int status = outcome.response.status;
  span_.set("http.response.status_code", std::int64_t{status});
  span_.set("http.request.resend_count", std::int64_t{repeats_});
  if (name != "ok" && name != "refused") warn(name, status, outcome.detail);
  count(name);
}

Error CallRecord::refused(std::string_view outcome, Error error) {
  warn(outcome, 0, "");
  count(outcome);
  return error;
}

void CallRecord::count(std::string_view outcome) {
  ended_ = true;
  telemetry::counter("bordero_https_requests_total", "Outgoing calls, by outcome.",
                     {{"call", call_}, {"outcome", std::string(outcome)}})
      .add();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
  telemetry::histogram("bordero_https_request_seconds",
                       "From the call to its answer, repeats included.", {{"call", call_}})
      .observe(took.count());
}

void CallRecord::warn(std::string_view outcome, int status, std::string_view detail) {
  span_.fail(outcome);
  log::warning("outgoing call failed", {{"call", call_},
                                        {"host", host_},
                                        {"outcome", outcome},
                                        {"status", status},
                                        {"detail", detail},
                                        {"repeats", repeats_},
                                        {"trace_id", span_.context().trace_id}});
}

}  // namespace bordero::https
