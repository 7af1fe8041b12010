#include "platform/base/env.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>
#include <vector>

#include "platform/base/secret.hpp"

extern char** environ;

namespace bordero::env {
namespace {

std::set<std::string, std::less<>>& known() {
  static std::set<std::string, std::less<>> names;
  return names;
}

std::vector<std::string>& ignored_prefixes() {
  static std::vector<std::string> prefixes;
  return prefixes;
}

bool is_known(std::string_view name) {
  if (known().contains(name)) return true;
  const auto& prefixes = ignored_prefixes();
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return name.starts_with(prefix); });
}

const char* find(const char* name) {
  known().insert(name);
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

[[noreturn]] void bad(const std::string& name, const std::string& what) {
  throw BadSetting(name + " " + what);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string text(const char* name) {
  const char* value = find(name);
  if (value == nullptr) bad(name, "is not set");
  return value;
}

std::string text(const char* name, std::string_view fallback) {
  const char* value = find(name);
  return value != nullptr ? std::string(value) : std::string(fallback);
}

std::int64_t number(const char* name, std::int64_t fallback, std::int64_t min, std::int64_t max) {
  const char* value = find(name);
  if (value == nullptr) return fallback;
  const std::string_view digits = value;
  std::int64_t parsed = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), parsed);
  if (error != std::errc() || end != digits.end() || parsed < min || parsed > max) {
    bad(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  }
  return parsed;
}

double ratio(const char* name, double fallback) {
  const char* value = find(name);
  if (value == nullptr) return fallback;
  const std::string_view digits = value;
  double parsed = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), parsed);
  if (error != std::errc() || end != digits.end() || !(parsed >= 0 && parsed <= 1)) {
    bad(name, "must be a number from 0 to 1");
  }
  return parsed;
}

std::chrono::milliseconds milliseconds(const char* name, std::chrono::milliseconds fallback) {
  return std::chrono::milliseconds(number(name, fallback.count(), 0, 86'400'000));
}

std::chrono::minutes minutes(const char* name, std::chrono::minutes fallback) {
  return std::chrono::minutes(number(name, fallback.count(), 1, 100'000));
}

std::chrono::hours hours(const char* name, std::chrono::hours fallback) {
  return std::chrono::hours(number(name, fallback.count(), 1, 10'000));
}

std::string secret_file(const char* name) { return read_secret(secret_in_file(name)); }

std::string key_file(const char* name) {
  const std::string digits = secret_file(name);
  if (digits.size() != 64) bad(name, "must name a file of 64 hex digits");
  std::string key(32, '\0');
  for (std::size_t i = 0; i < key.size(); ++i) {
    const int high = hex_digit(digits[2 * i]);
    const int low = hex_digit(digits[2 * i + 1]);
    if (high < 0 || low < 0) bad(name, "must name a file of 64 hex digits");
    key[i] = static_cast<char>(high << 4 | low);
  }
  return key;
}

void ignore_prefix(std::string prefix) { ignored_prefixes().push_back(std::move(prefix)); }

void refuse_unknown() {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view pair = *entry;
    const std::string_view name = pair.substr(0, pair.find('='));
    if (name.starts_with("BORDERO_") && !is_known(name)) {
      bad(std::string(name), "is not a setting of Bordero");
    }
  }
}

}  // namespace bordero::env
