#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/gateway/v1/stream.pb.h"
#include "platform/mq/mq.hpp"

namespace bordero::gateway {

// One event as the live stream tells it, and who may hear of it.
struct StreamEntry {
  std::string event_id;
  std::string data = {};  // JSON of a Change.
  std::vector<std::string> users = {};
  std::vector<std::string> roles = {};

  bool visible_to(const std::string& user_id, std::string_view role) const;
};

// Works for any event of the contract: fields that differ between its `before` and `after`, or the
// fields of the one record that it carries. Values of sensitive fields stay out.
StreamEntry entry_of(const mq::Event& event);

}  // namespace bordero::gateway
