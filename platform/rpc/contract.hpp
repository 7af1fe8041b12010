#pragma once

#include <google/protobuf/descriptor.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/message.h>

#include "bordero/options.pb.h"
#include "platform/base/result.hpp"

namespace bordero::rpc {

enum class Verb { get, post, patch, del };
std::string_view verb_name(Verb verb);  // "GET".

// One rpc of the contract, read from its options at start.
struct Method {
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  std::string name;     // "bordero.crm.v1.DealService/CloseDeal".
  std::string service;  // The process that owns it: "crm", from the package.
  bool has_route = false;
  Verb verb = Verb::get;
  std::string path;  // "/api/v1/deals/{deal_id}/close".
  std::string permission;
  int status = 200;
  bool gateway = false;
  bool secret_reply = false;
  bool joined = false;
  bool binary = false;
  std::vector<std::string> callers;  // For internal ones.

  bool changes() const { return has_route && verb != Verb::get; }
};

// Every rpc of every linked package. Throws when a method has neither a route nor callers, a route
// has no permission, a path parameter is not a field of the request, or a field has no class.
const std::vector<Method>& methods();
const Method* find_method(std::string_view name);

const Rule& rule_of(const google::protobuf::FieldDescriptor* field);
FieldClass class_of(const google::protobuf::FieldDescriptor* field);

// Every event message by type ("crm.deal.closed").
const std::map<std::string, const google::protobuf::Descriptor*>& events();
std::string_view event_type(const google::protobuf::Descriptor* message);

// Checks a request against the rules of its fields; names every field that breaks one.
Result<void> validate(const google::protobuf::Message& request);

}  // namespace bordero::rpc
