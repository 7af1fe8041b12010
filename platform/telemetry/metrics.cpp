#include "platform/telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "platform/base/log_queue.hpp"

namespace bordero::telemetry {
namespace {

// Never destroyed: threads may still count while the process ends.
prometheus::Registry& registry() {
  static auto* const the_registry = new prometheus::Registry;
  return *the_registry;
}

const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

}  // namespace

void Counter::add(double amount) { static_cast<prometheus::Counter*>(inner_)->Increment(amount); }
void Gauge::set(double value) { static_cast<prometheus::Gauge*>(inner_)->Set(value); }
void Gauge::add(double amount) { static_cast<prometheus::Gauge*>(inner_)->Increment(amount); }
void Histogram::observe(double value) {
  static_cast<prometheus::Histogram*>(inner_)->Observe(value);
}

// Registering a family, or adding labels to it, a second time gives the first one back.
Counter counter(const std::string& name, const std::string& help, const Labels& labels) {
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(registry());
  return Counter(&family.Add(labels));
}

Gauge gauge(const std::string& name, const std::string& help, const Labels& labels) {
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(registry());
  return Gauge(&family.Add(labels));
}

Histogram histogram(const std::string& name, const std::string& help, const Labels& labels) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry());
  return Histogram(&family.Add(labels, kSeconds));
}

std::string metrics_text() {
  static Gauge lost = gauge("bordero_log_lines_lost", "Lines lost because the log was not read.");
  lost.set(static_cast<double>(log::lost_lines()));
  return prometheus::TextSerializer().Serialize(registry().Collect());
}

}  // namespace bordero::telemetry
