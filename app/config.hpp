#pragma once

#include <chrono>
#include <string>

#include "app/test_clock.hpp"
#include "platform/base/env.hpp"
#include "platform/reminders/schedule.hpp"

namespace bordero::app {

// What every process needs, whatever it serves.
struct Config {
  std::string log_level = env::text("BORDERO_LOG_LEVEL", "info");
  std::string otlp_endpoint = env::text("BORDERO_OTLP_ENDPOINT", "");
  double trace_ratio = env::ratio("BORDERO_TRACE_RATIO", 1.0);
  std::string time_zone = env::text("BORDERO_TIME_ZONE", "Europe/Moscow");
  std::chrono::minutes reminders_at = reminders::time_setting();
  std::string test_clock_file = test_clock_setting();
  std::string admin_address = env::text("BORDERO_ADMIN_ADDRESS", "127.0.0.1:9200");
  int threads = static_cast<int>(env::number("BORDERO_THREADS", 2, 1, 64));
  std::chrono::milliseconds shutdown_pause =
      env::milliseconds("BORDERO_SHUTDOWN_PAUSE_MS", std::chrono::seconds(5));
};

}  // namespace bordero::app
