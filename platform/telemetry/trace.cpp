#include "platform/telemetry/trace.hpp"

#include <opentelemetry/exporters/otlp/otlp_http_exporter_factory.h>
#include <opentelemetry/exporters/otlp/otlp_http_exporter_options.h>
#include <opentelemetry/sdk/common/global_log_handler.h>
#include <opentelemetry/sdk/resource/resource.h>
#include <opentelemetry/sdk/trace/batch_span_processor_factory.h>
#include <opentelemetry/sdk/trace/batch_span_processor_options.h>
#include <opentelemetry/sdk/trace/samplers/parent_factory.h>
#include <opentelemetry/sdk/trace/samplers/trace_id_ratio_factory.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <random>

#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::telemetry {
namespace {

namespace api = opentelemetry::trace;
namespace sdk = opentelemetry::sdk;
namespace otlp = opentelemetry::exporter::otlp;
namespace nostd = opentelemetry::nostd;

struct Tracing {
  std::unique_ptr<sdk::trace::TracerProvider> provider;
  nostd::shared_ptr<api::Tracer> tracer;
};

// Set before the threads start and kept to the end of the process: spans may outlive the stop.
std::atomic<Tracing*> tracing = nullptr;

constexpr auto kFlushLimit = std::chrono::seconds(1);

// The library reports each lost batch; once a minute is enough to be seen.
class LogHandler : public sdk::common::internal_log::LogHandler {
 public:
  void Handle(sdk::common::internal_log::LogLevel level, const char* /*file*/, int /*line*/,
              const char* message,
              const sdk::common::AttributeMap& /*attributes*/) noexcept override {
    if (level > sdk::common::internal_log::LogLevel::Warning || message == nullptr) return;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(now).count() + 1;
    if (last_minute_.exchange(minute) == minute) return;
    log::warning("tracing has a problem", {{"detail", message}});
  }

 private:
  std::atomic<std::int64_t> last_minute_ = 0;
};

// Identifiers need to be unlike each other, not secret: no system call per span.
std::uint64_t random_word() {
  thread_local std::mt19937_64 generator = [] {
    std::uint64_t seed = 0;
    random_bytes(&seed, sizeof seed);
    return std::mt19937_64(seed);
  }();
  std::uint64_t word = 0;
  while (word == 0) word = generator();
  return word;
}

void append_hex(std::string& out, std::uint64_t word) {
  static constexpr char kHex[] = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) out.push_back(kHex[(word >> shift) & 0xF]);
}

std::string new_id(int words) {
  std::string id;
  id.reserve(16 * static_cast<std::size_t>(words));
  for (int i = 0; i < words; ++i) append_hex(id, random_word());
  return id;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> bytes_of(const std::string& hex) {
  const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::array<std::uint8_t, Size> bytes{};
  for (std::size_t i = 0; i < Size && 2 * i + 1 < hex.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(value(hex[2 * i]) << 4 | value(hex[2 * i + 1]));
  }
  return bytes;
}

api::SpanContext parent_of(const TraceContext& parent) {
  const auto trace_id = bytes_of<16>(parent.trace_id);
  const auto span_id = bytes_of<8>(parent.span_id);
  return {api::TraceId(trace_id), api::SpanId(span_id),
          api::TraceFlags(parent.sampled ? api::TraceFlags::kIsSampled : 0), true};
}

TraceContext context_of(const api::Span& span) {
  const auto context = span.GetContext();
  std::array<char, 32> trace_id;
  std::array<char, 16> span_id;
  context.trace_id().ToLowerBase16(trace_id);
  context.span_id().ToLowerBase16(span_id);
  return {std::string(trace_id.data(), trace_id.size()),
          std::string(span_id.data(), span_id.size()), context.IsSampled()};
}

api::SpanKind kind_of(Span::Kind kind) {
  switch (kind) {
    case Span::Kind::server:
      return api::SpanKind::kServer;
    case Span::Kind::client:
      return api::SpanKind::kClient;
    case Span::Kind::producer:
      return api::SpanKind::kProducer;
    case Span::Kind::consumer:
      return api::SpanKind::kConsumer;
    case Span::Kind::internal:
      break;
  }
  return api::SpanKind::kInternal;
}

}  // namespace

void start_tracing(const std::string& service, const std::string& otlp_endpoint, double ratio) {
  if (otlp_endpoint.empty() || tracing != nullptr) return;
  sdk::common::internal_log::GlobalLogHandler::SetLogHandler(
      nostd::shared_ptr<sdk::common::internal_log::LogHandler>(new LogHandler));

  otlp::OtlpHttpExporterOptions exporter;
  exporter.url = otlp_endpoint;
  exporter.content_type = otlp::HttpRequestContentType::kBinary;
  exporter.timeout = kFlushLimit;
  const sdk::trace::BatchSpanProcessorOptions batch;  // At most 2048 spans wait; more are dropped.
  std::shared_ptr<sdk::trace::Sampler> by_ratio =
      sdk::trace::TraceIdRatioBasedSamplerFactory::Create(ratio);

  auto started = std::make_unique<Tracing>();
  started->provider = std::make_unique<sdk::trace::TracerProvider>(
      sdk::trace::BatchSpanProcessorFactory::Create(otlp::OtlpHttpExporterFactory::Create(exporter),
                                                    batch),
      sdk::resource::Resource::Create({{"service.name", service}}),
      sdk::trace::ParentBasedSamplerFactory::Create(by_ratio));
  started->tracer = started->provider->GetTracer("bordero");
  tracing = started.release();
}

void stop_tracing() {
  const Tracing* const started = tracing;
  if (started == nullptr) return;
  started->provider->ForceFlush(kFlushLimit);
  started->provider->Shutdown(kFlushLimit);
}

struct Span::State {
  TraceContext context;
  nostd::shared_ptr<api::Span> recorded;
};

Span::Span(std::string_view name, Kind kind, const TraceContext& parent)
    : state_(std::make_unique<State>()) {
  const Tracing* const started = tracing.load(std::memory_order_acquire);
  if (started == nullptr) {
    state_->context.trace_id = parent.trace_id.empty() ? new_id(2) : parent.trace_id;
    state_->context.span_id = new_id(1);
    state_->context.sampled = parent.sampled;
    return;
  }
  api::StartSpanOptions options;
  options.kind = kind_of(kind);
  if (!parent.trace_id.empty()) options.parent = parent_of(parent);
  state_->recorded =
      started->tracer->StartSpan(nostd::string_view(name.data(), name.size()), options);
  state_->context = context_of(*state_->recorded);
}

Span::~Span() {
  if (state_ && state_->recorded) state_->recorded->End();
}

Span::Span(Span&&) noexcept = default;

const TraceContext& Span::context() const { return state_->context; }

void Span::set(std::string_view key, std::string_view value) {
  if (!state_->recorded) return;
  state_->recorded->SetAttribute(nostd::string_view(key.data(), key.size()),
                                 nostd::string_view(value.data(), value.size()));
}

void Span::set(std::string_view key, std::int64_t value) {
  if (!state_->recorded) return;
  state_->recorded->SetAttribute(nostd::string_view(key.data(), key.size()), value);
}

void Span::fail(std::string_view reason) {
  if (!state_->recorded) return;
  state_->recorded->SetStatus(api::StatusCode::kError,
                              nostd::string_view(reason.data(), reason.size()));
}

}  // namespace bordero::telemetry
