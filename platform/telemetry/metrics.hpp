#pragma once

#include <map>
#include <string>

// Counters, gauges and histograms of this process, served at /metrics of the admin port. Labels are
// small closed sets, never ids. A handle is cheap to keep and safe to use from any thread.
namespace bordero::telemetry {

using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  explicit Counter(void* inner) : inner_(inner) {}
  void add(double amount = 1);

 private:
  void* inner_;
};
class Gauge {
 public:
  explicit Gauge(void* inner) : inner_(inner) {}
  void set(double value);
  void add(double amount);

 private:
  void* inner_;
};
class Histogram {
 public:
  explicit Histogram(void* inner) : inner_(inner) {}
  void observe(double value);

 private:
  void* inner_;
};

// The same name and labels give the same instrument.
Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
// Buckets in seconds from 0.5 ms to 10 s.
Histogram histogram(const std::string& name, const std::string& help, const Labels& labels = {});

std::string metrics_text();  // Prometheus text format 0.0.4.

}  // namespace bordero::telemetry
