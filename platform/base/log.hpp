#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

// JSON lines on stdout: a constant phrase, data in fields. Values never hold personal data or
// secrets; ids do.
namespace bordero::log {

enum class Level { debug, info, warning, error };

struct Field {
  std::string_view key;
  std::variant<std::string, std::int64_t, double, bool> value;

  Field(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
  Field(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
  Field(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
  Field(std::string_view k, int v) : key(k), value(static_cast<std::int64_t>(v)) {}
  Field(std::string_view k, std::int64_t v) : key(k), value(v) {}
  Field(std::string_view k, std::size_t v) : key(k), value(static_cast<std::int64_t>(v)) {}
  Field(std::string_view k, double v) : key(k), value(v) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
};
using Fields = std::initializer_list<Field>;

// `process` is "all" or the service's name; it stands in every line.
void start(std::string process, std::string_view level);
void write(Level level, std::string_view phrase, Fields fields);

inline void debug(std::string_view phrase, Fields fields = {}) {
  write(Level::debug, phrase, fields);
}
inline void info(std::string_view phrase, Fields fields = {}) {
  write(Level::info, phrase, fields);
}
inline void warning(std::string_view phrase, Fields fields = {}) {
  write(Level::warning, phrase, fields);
}
inline void error(std::string_view phrase, Fields fields = {}) {
  write(Level::error, phrase, fields);
}

}  // namespace bordero::log
