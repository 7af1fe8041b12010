#include "platform/rpc/contract.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "platform/policy/policy.hpp"

namespace bordero::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr const char* kFile = "bordero.common.v1.File";
constexpr const char* kLongFile = "bordero.common.v1.LongFile";

[[noreturn]] void broken(const std::string& where, const std::string& what) {
  throw std::logic_error("contract: " + where + " " + what);
}

// "bordero.crm.v1" is owned by the process "crm".
std::string owner_of(const std::string& package) {
  const std::size_t start = package.find('.') + 1;
  return package.substr(start, package.find('.', start) - start);
}

void read_route(const Http& http, Method& method) {
  switch (http.pattern_case()) {
    case Http::kGet:
      method.verb = Verb::get;
      method.path = http.get();
      break;
    case Http::kPost:
      method.verb = Verb::post;
      method.path = http.post();
      break;
    case Http::kPatch:
      method.verb = Verb::patch;
      method.path = http.patch();
      break;
    case Http::kDelete:
      method.verb = Verb::del;
      method.path = http.delete_();
      break;
    case Http::PATTERN_NOT_SET:
      broken(method.name, "has a route without a pattern");
  }
  method.has_route = true;
  method.permission = http.permission();
  method.status = http.status() == 0 ? 200 : http.status();
  method.gateway = http.gateway();
  method.secret_reply = http.secret_reply();
  method.joined = http.joined();
  method.binary = http.binary();
  method.in_person = http.in_person();
  method.callers.push_back({.service = "gateway"});
  for (const std::string& caller : http.callers()) method.callers.push_back({.service = caller});
}

void read_callers(const Internal& internal, Method& method) {
  method.changes_inside = internal.changes();
  method.secret_reply = internal.secret_reply();
  for (const std::string& caller : internal.callers()) {
    method.callers.push_back({.service = caller});
  }
  for (const Alone& alone : internal.alone()) {
    const std::vector<std::string> powers(alone.may().begin(), alone.may().end());
    for (const std::string& caller : alone.callers()) {
      method.callers.push_back({.service = caller, .alone = true, .powers = powers});
    }
  }
}

// Every caller is a service of the contract, named once, and is given actions that there are.
void check_callers(const Method& method, const std::set<std::string>& services) {
  std::set<std::string> seen;
  for (const Grant& grant : method.callers) {
    if (!services.contains(grant.service)) broken(method.name, "is for no service");
    if (!seen.insert(grant.service).second) broken(method.name, "names a caller twice");
    for (const std::string& action : grant.powers) {
      if (!policy::known_action(action)) broken(method.name, "gives no power of the policy table");
    }
  }
}

void check_route(const Method& method) {
  const std::string& permission = method.permission;
  if (permission != "public" && permission != "session" && !policy::known_action(permission)) {
    broken(method.name, "declares no permission of the policy table");
  }
  const std::string& answer = method.descriptor->output_type()->full_name();
  const bool answers_file = answer == kFile || answer == kLongFile;
  if (method.binary != answers_file || (method.binary && method.verb != Verb::get)) {
    broken(method.name, "answers a file, reads only and is binary: all three or none");
  }
  const auto* offset = method.descriptor->input_type()->FindFieldByName("offset");
  const bool asks_for_parts = offset != nullptr && offset->type() == FieldDescriptor::TYPE_INT64 &&
                              filled_by_gateway(offset);
  if (answer == kLongFile && !asks_for_parts) {
    broken(method.name, "answers a file in parts without an offset for the gateway to ask by");
  }
  std::size_t open = 0;
  while ((open = method.path.find('{', open)) != std::string::npos) {
    const std::size_t close = method.path.find('}', open);
    const std::string field = method.path.substr(open + 1, close - open - 1);
    if (method.descriptor->input_type()->FindFieldByName(field) == nullptr) {
      broken(method.name, "has the path parameter " + field + " without a field");
    }
    open = close;
  }
}

void check_classes(const Descriptor* message, std::set<const Descriptor*>& seen) {
  if (!seen.insert(message).second || !message->full_name().starts_with("bordero.")) return;
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message) check_classes(field->message_type(), seen);
    const bool well_known =
        is_message && field->message_type()->full_name().starts_with("google.protobuf.");
    if (!well_known && class_of(field) == FIELD_CLASS_UNSPECIFIED) {
      broken(field->full_name(), "has no class");
    }
  }
}

Method read_method(const MethodDescriptor* descriptor) {
  Method method;
  method.descriptor = descriptor;
  method.name = descriptor->service()->full_name() + "/" + descriptor->name();
  method.service = owner_of(descriptor->file()->package());
  const auto& options = descriptor->options();
  if (options.HasExtension(bordero::http)) read_route(options.GetExtension(bordero::http), method);
  if (options.HasExtension(bordero::internal)) {
    if (method.has_route) broken(method.name, "is either reachable over HTTP or internal");
    read_callers(options.GetExtension(bordero::internal), method);
  }
  if (method.callers.empty()) {
    broken(method.name, "needs either a route or the callers that may use it");
  }
  if (method.has_route) check_route(method);

  std::set<const Descriptor*> seen;
  check_classes(descriptor->input_type(), seen);
  check_classes(descriptor->output_type(), seen);
  return method;
}

// The files of the contract; the build lists them.
std::vector<const FileDescriptor*> files() {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  static constexpr const char* kFiles[] = {
#include "contract_files.inc"
  };
  std::vector<const FileDescriptor*> found;
  for (const char* name : kFiles) {
    const FileDescriptor* file = pool->FindFileByName(name);
    if (file == nullptr) broken(name, "is not linked");
    found.push_back(file);
  }
  return found;
}

std::vector<Method> read_methods() {
  std::vector<Method> all;
  for (const FileDescriptor* file : files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      const ServiceDescriptor* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        all.push_back(read_method(service->method(m)));
      }
    }
  }
  return all;
}

std::vector<Method> checked(std::vector<Method> all) {
  std::set<std::string> services = {"gateway"};
  for (const Method& method : all) services.insert(method.service);
  for (const Method& method : all) check_callers(method, services);
  return all;
}

std::map<std::string, const Descriptor*> read_events() {
  std::map<std::string, const Descriptor*> all;
  std::set<const Descriptor*> seen;
  for (const FileDescriptor* file : files()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const Descriptor* message = file->message_type(i);
      const std::string& type = message->options().GetExtension(bordero::event);
      if (type.empty()) continue;
      check_classes(message, seen);
      if (!all.emplace(type, message).second) broken(type, "is declared twice");
    }
  }
  return all;
}

}  // namespace

std::string_view verb_name(Verb verb) {
  switch (verb) {
    case Verb::get:
      return "GET";
    case Verb::post:
      return "POST";
    case Verb::patch:
      return "PATCH";
    case Verb::del:
      return "DELETE";
  }
  return "";
}

const std::vector<Method>& methods() {
  static const std::vector<Method> all = checked(read_methods());
  return all;
}

const Grant* Method::grant_of(std::string_view caller) const {
  const auto found = std::find_if(callers.begin(), callers.end(),
                                  [&](const Grant& grant) { return grant.service == caller; });
  return found == callers.end() ? nullptr : &*found;
}

const Method* find_method(std::string_view name) {
  static const auto by_name = [] {
    std::map<std::string, const Method*, std::less<>> index;
    for (const Method& method : methods()) index.emplace(method.name, &method);
    return index;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const Method* find_method(std::string_view service, const Descriptor* request) {
  static const auto by_request = [] {
    std::map<std::pair<std::string_view, const Descriptor*>, const Method*> index;
    for (const Method& method : methods()) {
      const auto key = std::pair<std::string_view, const Descriptor*>(
          method.service, method.descriptor->input_type());
      const bool first = index.emplace(key, &method).second;
      if (!first) broken(method.name, "takes the same request as another rpc of its service");
    }
    return index;
  }();
  const auto found = by_request.find({service, request});
  return found == by_request.end() ? nullptr : found->second;
}

bool filled_by_gateway(const FieldDescriptor* field) {
  return field->options().GetExtension(bordero::by_gateway);
}

const Rule& rule_of(const FieldDescriptor* field) {
  return field->options().GetExtension(bordero::rule);
}

FieldClass class_of(const FieldDescriptor* field) {
  const FieldClass own = rule_of(field).class_();
  if (own != FIELD_CLASS_UNSPECIFIED) return own;
  return field->containing_type()->options().GetExtension(bordero::class_default);
}

const std::map<std::string, const Descriptor*>& events() {
  static const auto all = read_events();
  return all;
}

std::string_view event_type(const Descriptor* message) {
  return message->options().GetExtension(bordero::event);
}

}  // namespace bordero::rpc
