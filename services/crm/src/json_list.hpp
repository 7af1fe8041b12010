#pragma once

#include "platform/http/json_list.hpp"

namespace bordero::crm {

template <class Message>
std::string json_list(const google::protobuf::RepeatedPtrField<Message>& messages) {
  return json::list_text(messages);
}

}  // namespace bordero::crm
