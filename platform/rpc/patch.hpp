#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "platform/base/result.hpp"

namespace bordero::rpc {

// Copies the fields that the mask names from an update request to the record's fields of the same
// name, and gives the names of those that changed.
Result<std::vector<std::string>> patch(google::protobuf::Message& record,
                                       const google::protobuf::Message& request,
                                       const google::protobuf::FieldMask& mask);

// An update or action names the version that the caller was looking at.
Result<void> check_version(int current, int expected, const char* reason);

}  // namespace bordero::rpc
