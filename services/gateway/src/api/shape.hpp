#pragma once

#include <google/protobuf/descriptor.h>

#include <vector>

#include "platform/rpc/contract.hpp"

namespace bordero::gateway {

// Where each field of a route's request comes from.
struct RequestShape {
  using Field = const google::protobuf::FieldDescriptor*;

  std::vector<Field> path;
  std::vector<Field> query;  // Of GET and DELETE: everything that is not in the path.
  std::vector<Field> body;   // Of POST and PATCH.
  Field version = nullptr;   // From If-Match, or the body of a POST.
  Field mask = nullptr;      // The keys that a PATCH names.

  bool in_body(std::string_view name) const;
  bool in_query(std::string_view name) const;
};
RequestShape shape_of(const rpc::Method& method);

}  // namespace bordero::gateway
