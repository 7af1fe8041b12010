#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

// Settings come from the environment alone, are read once at start, and a missing or malformed one
// stops the process with a sentence that names it.
namespace bordero::env {

class BadSetting : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

std::string text(const char* name);  // Required.
std::string text(const char* name, std::string_view fallback);
std::int64_t number(const char* name, std::int64_t fallback, std::int64_t min, std::int64_t max);
double ratio(const char* name, double fallback);  // 0 to 1.
std::chrono::milliseconds milliseconds(const char* name, std::chrono::milliseconds fallback);
std::chrono::minutes minutes(const char* name, std::chrono::minutes fallback);
std::chrono::hours hours(const char* name, std::chrono::hours fallback);
// The content of the file that the setting names, without a final newline.
std::string secret_file(const char* name);
// 32 bytes written as 64 hex digits in the file that the setting names.
std::string key_file(const char* name);

// Throws when the environment holds a BORDERO_* that was not asked for.
void refuse_unknown();
// Settings of a service that this process does not run: one environment file serves all processes.
void ignore_prefix(std::string prefix);

}  // namespace bordero::env
