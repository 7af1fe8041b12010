#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

// JSON of the public API and of events: snake_case names, short enum values, Money as a decimal
// string, empty fields omitted. Lives apart from the HTTP server, so that mq and pg use it too.
namespace bordero::json {

// Appends the message. Repeated top-level fields of a list reply are written even when empty.
void append(std::string& out, const google::protobuf::Message& message);
std::string text(const google::protobuf::Message& message);
void append_string(std::string& out, std::string_view text);  // Quoted and escaped.

// Strict: UTF-8, no duplicate keys, no unknown fields (each named), depth ≤ 32, ≤ 10,000 values,
// right types. `null` clears. Present top-level keys are listed in `present` for update masks.
Result<void> parse(std::string_view text, google::protobuf::Message& message,
                   std::vector<std::string>* present = nullptr);
// Lenient about unknown fields: events and stored JSON may come from a newer release.
Result<void> parse_stored(std::string_view text, google::protobuf::Message& message);
// Sets one field of a message from a path or query parameter.
Result<void> set_from_text(google::protobuf::Message& message, std::string_view field,
                           std::string_view text);

}  // namespace bordero::json
