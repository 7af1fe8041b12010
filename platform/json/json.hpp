#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

// JSON of the public API and of events: snake_case names, short enum values, Money as a decimal
// string. Lives apart from the HTTP server, so that mq and pg use it too.
//
// What is written: numbers and booleans always; `optional` fields when they are set; texts, enums,
// messages and lists when they are not empty, save the lists of the outermost message, which are
// written as [] too. 64-bit integers are JSON numbers, bytes are base64, raw_json texts go
// verbatim.
namespace bordero::json {

void append(std::string& out, const google::protobuf::Message& message);
std::string text(const google::protobuf::Message& message);
// The value of one field; null when it is empty.
void append_field(std::string& out, const google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor* field);
void append_string(std::string& out, std::string_view text);  // Quoted and escaped.

// Strict: UTF-8, no duplicate keys, no unknown fields (each named), depth ≤ 32, ≤ 10,000 values,
// right types, no NUL. `null` clears. Present top-level keys are listed in `present` for update
// masks. Field masks cannot be set. Field paths look like "contacts[1].phone".
Result<void> parse(std::string_view text, google::protobuf::Message& message,
                   std::vector<std::string>* present = nullptr);
// Lenient about unknown fields and values: events and stored JSON may come from a newer release.
Result<void> parse_stored(std::string_view text, google::protobuf::Message& message);
// Sets one field of a message from a path or query parameter; adds to a repeated one.
Result<void> set_from_text(google::protobuf::Message& message, std::string_view field,
                           std::string_view text);

// "DEAL_STATUS_CLIENT_DECISION" is "client_decision"; zero, "unspecified", is the empty text, as is
// a number without a name.
const std::string& enum_tail(const google::protobuf::EnumDescriptor* type, int number);
// The empty text is no value.
std::optional<int> enum_number(const google::protobuf::EnumDescriptor* type, std::string_view tail);

bool valid_utf8(std::string_view text);

}  // namespace bordero::json
