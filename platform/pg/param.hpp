#pragma once

#include <google/protobuf/generated_enum_reflection.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::pg {

// One parameter of a statement, in PostgreSQL's text form; empty is NULL.
using Param = std::optional<std::string>;

// Bytes for a bytea column, and text that is JSON already.
struct Bytes {
  std::string value;
};

// "DEAL_STATUS_CLIENT_DECISION" is stored and shown by its tail "client_decision"; the zero value,
// "unspecified", is the empty string.
std::string enum_tail(const google::protobuf::EnumDescriptor* type, int number);
std::optional<int> enum_number(const google::protobuf::EnumDescriptor* type, std::string_view tail);

Param to_param(std::nullptr_t);
Param to_param(std::string text);
Param to_param(std::string_view text);
Param to_param(const char* text);
Param to_param(bool flag);
Param to_param(int number);
Param to_param(std::int64_t number);
Param to_param(double number);
Param to_param(const Date& date);
Param to_param(Instant instant);
Param to_param(const Uuid& uuid);
Param to_param(const Bytes& bytes);
Param to_param(const std::vector<std::string>& texts);  // A text[] (or uuid[]) literal.

template <class Kind>
Param to_param(const Id<Kind>& id) {
  return id.str();
}
template <class T>
Param to_param(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return to_param(*value);
}
template <class E>
  requires std::is_enum_v<E>
Param to_param(E value) {
  return enum_tail(google::protobuf::GetEnumDescriptor<E>(), static_cast<int>(value));
}

}  // namespace bordero::pg
