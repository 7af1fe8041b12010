#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/base/context.hpp"

namespace bordero::telemetry {

// Sends spans over OTLP/HTTP. An empty endpoint switches tracing off: ids still travel, so that
// logs and error answers can name the trace.
void start_tracing(const std::string& service, const std::string& otlp_endpoint, double ratio);
void stop_tracing();  // Flushes, within two seconds.

// One timed piece of work. Ends when destroyed. Attributes never hold personal data.
class Span {
 public:
  enum class Kind { internal, server, client, producer, consumer };
  // A child of `parent`, or the root of a new trace when that is empty.
  Span(std::string_view name, Kind kind, const TraceContext& parent);
  ~Span();
  Span(Span&&) noexcept;
  Span(const Span&) = delete;

  const TraceContext& context() const;
  void set(std::string_view key, std::string_view value);
  void set(std::string_view key, std::int64_t value);
  void fail(std::string_view reason);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bordero::telemetry
