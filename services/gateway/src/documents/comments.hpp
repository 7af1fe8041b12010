#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace bordero::gateway {

// The comment that stands at a declaration of the contract, as one line; empty when there is none.
std::string comment_of(const google::protobuf::MethodDescriptor* method);
std::string comment_of(const google::protobuf::Descriptor* message);
std::string comment_of(const google::protobuf::FieldDescriptor* field);
std::string comment_of(const google::protobuf::ServiceDescriptor* service);

}  // namespace bordero::gateway
