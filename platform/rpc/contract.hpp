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

// A service that may call a method.
struct Grant {
  std::string service;
  bool alone = false;               // In its own name, without a user's token.
  std::vector<std::string> powers;  // The actions that it may do then.
};

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
  bool in_person = false;
  bool changes_inside = false;  // Of one without a route.
  std::vector<Grant> callers;   // Nobody else may call it.

  bool changes() const { return has_route ? verb != Verb::get : changes_inside; }
  // Whether its answers are kept under idempotency keys.
  bool keeps_answers() const { return changes() && !secret_reply; }
  const Grant* grant_of(std::string_view caller) const;  // Null: it may not.
};

// Every rpc of every linked package. Throws when a method has neither a route nor callers, a route
// has no permission, a caller is no service, a path parameter is not a field of the request, a
// field has no class, or two rpcs of one service take the same request.
const std::vector<Method>& methods();
const Method* find_method(std::string_view name);
// The rpc of the service that takes this request; null when there is none.
const Method* find_method(std::string_view service, const google::protobuf::Descriptor* request);

const Rule& rule_of(const google::protobuf::FieldDescriptor* field);
FieldClass class_of(const google::protobuf::FieldDescriptor* field);
// Fields that the gateway fills or takes out itself; nobody outside sees or sets them.
bool filled_by_gateway(const google::protobuf::FieldDescriptor* field);

// Every event message by type ("crm.deal.closed").
const std::map<std::string, const google::protobuf::Descriptor*>& events();
std::string_view event_type(const google::protobuf::Descriptor* message);

// Checks a request against the rules of its fields; names every field that breaks one.
Result<void> validate(const google::protobuf::Message& request);

}  // namespace bordero::rpc
