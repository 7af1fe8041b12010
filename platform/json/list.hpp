#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "platform/json/json.hpp"

namespace bordero::json {

// Messages as a JSON array, for a jsonb column.
template <class Message>
std::string list_text(const google::protobuf::RepeatedPtrField<Message>& messages) {
  std::string text = "[";
  for (const auto& message : messages) {
    if (text.size() > 1) text.push_back(',');
    append(text, message);
  }
  return text + "]";
}

}  // namespace bordero::json
