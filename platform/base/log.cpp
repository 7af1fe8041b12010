#include "platform/base/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <future>
#include <thread>

#include "platform/base/log_queue.hpp"

namespace bordero::log {
namespace {

constexpr std::size_t kQueuedLines = 4096;

std::string& process_name() {
  static std::string name = "bordero";
  return name;
}

spdlog::level::level_enum spd_level(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view level_name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "info";
}

void append_text(fmt::memory_buffer& line, std::string_view text) {
  line.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      line.push_back('\\');
      line.push_back(c);
    } else if (byte < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(line), "\\u{:04x}", byte);
    } else {
      line.push_back(c);
    }
  }
  line.push_back('"');
}

struct AppendValue {
  fmt::memory_buffer& line;
  void operator()(const std::string& text) const { append_text(line, text); }
  void operator()(std::int64_t number) const {
    fmt::format_to(std::back_inserter(line), "{}", number);
  }
  void operator()(double number) const { fmt::format_to(std::back_inserter(line), "{}", number); }
  void operator()(bool flag) const {
    fmt::format_to(std::back_inserter(line), "{}", flag ? "true" : "false");
  }
};

}  // namespace

// A thread of its own writes: whoever reads the pipe may stall, and the workers go on. A full queue
// loses its oldest lines and counts them.
void start(std::string process, std::string_view level) {
  process_name() = std::move(process);
  spdlog::init_thread_pool(kQueuedLines, 1);
  auto logger = std::make_shared<spdlog::async_logger>(
      "bordero", std::make_shared<spdlog::sinks::stdout_sink_mt>(), spdlog::thread_pool(),
      spdlog::async_overflow_policy::overrun_oldest);
  logger->set_pattern("%v");
  logger->set_level(spdlog::level::from_str(std::string(level)));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

std::size_t lost_lines() {
  const auto pool = spdlog::thread_pool();
  return pool ? pool->overrun_counter() : 0;
}

bool finish(std::chrono::milliseconds limit) {
  auto ended = std::make_shared<std::promise<void>>();
  auto end = ended->get_future();
  // Nobody can join it while the reader stalls.
  std::thread([ended] {
    spdlog::shutdown();
    ended->set_value();
  }).detach();
  return end.wait_for(limit) == std::future_status::ready;
}

void write(Level level, std::string_view phrase, Fields fields) {
  auto* logger = spdlog::default_logger_raw();
  if (logger == nullptr || !logger->should_log(spd_level(level))) return;

  fmt::memory_buffer line;
  const auto now = std::chrono::system_clock::now();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
  fmt::format_to(std::back_inserter(line), "{{\"time\":\"{:%Y-%m-%dT%H:%M:%S}.{:03}Z\"",
                 fmt::gmtime(std::chrono::system_clock::to_time_t(now)), ms.count() % 1000);
  fmt::format_to(std::back_inserter(line),
                 ",\"level\":\"{}\",\"process\":\"{}\",\"message\":", level_name(level),
                 process_name());
  append_text(line, phrase);
  for (const Field& field : fields) {
    line.push_back(',');
    append_text(line, field.key);
    line.push_back(':');
    std::visit(AppendValue{line}, field.value);
  }
  line.push_back('}');
  logger->log(spd_level(level), std::string_view(line.data(), line.size()));
}

}  // namespace bordero::log
