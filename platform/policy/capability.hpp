#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/result.hpp"

namespace bordero::policy {

// Adds "may the caller do this with the record, and if not, why" to a record's `can`.
inline void add_capability(google::protobuf::RepeatedPtrField<common::v1::Capability>& can,
                           const char* action, const Result<void>& decision) {
  auto* capability = can.Add();
  capability->set_action(action);
  capability->set_allowed(decision.ok());
  if (!decision) capability->set_reason(decision.error().reason);
}

}  // namespace bordero::policy
