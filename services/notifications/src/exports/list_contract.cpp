#include "services/notifications/src/exports/list_contract.hpp"

#include <algorithm>
#include <array>

#include "platform/json/json.hpp"
#include "platform/lists/filter.hpp"

namespace bordero::notifications {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr const char* kRoot = "/api/v1/";
constexpr const char* kMyself = "notifications";
// What the export sets itself, or has fields of its own for.
constexpr std::array kOwnParameters = {"filter",    "q",          "order_by",
                                       "page_size", "page_token", "group_by"};

const FieldDescriptor* field_of(const Descriptor* type, const char* name,
                                FieldDescriptor::CppType cpp_type) {
  const FieldDescriptor* field = type->FindFieldByName(name);
  const bool fits = field != nullptr && !field->is_repeated() && field->cpp_type() == cpp_type;
  return fits ? field : nullptr;
}

const FieldDescriptor* text_field(const Descriptor* type, const char* name) {
  return field_of(type, name, FieldDescriptor::CPPTYPE_STRING);
}

// The records of a page: the one list of messages that are not groups, sums and the like.
const FieldDescriptor* rows_of(const Descriptor* reply) {
  const FieldDescriptor* found = nullptr;
  for (int i = 0; i < reply->field_count(); ++i) {
    const FieldDescriptor* field = reply->field(i);
    if (!field->is_repeated() || field->message_type() == nullptr) continue;
    if (field->message_type()->full_name().starts_with("bordero.common.")) continue;
    if (found != nullptr) return nullptr;
    found = field;
  }
  return found;
}

bool reads_in_pages(const rpc::Method& method) {
  const Descriptor* input = method.descriptor->input_type();
  const bool whole = method.path.find('{') == std::string::npos;  // Not of one record.
  return method.has_route && whole && method.verb == rpc::Verb::get && !method.gateway &&
         !method.joined && method.grant_of(kMyself) != nullptr &&
         text_field(input, "page_token") != nullptr &&
         field_of(input, "page_size", FieldDescriptor::CPPTYPE_INT32) != nullptr &&
         text_field(method.descriptor->output_type(), "next_page_token") != nullptr;
}

Result<void> set_text(Message& message, const char* name, const std::string& text) {
  if (text.empty()) return {};
  const FieldDescriptor* field = text_field(message.GetDescriptor(), name);
  if (field == nullptr) return invalid_field(name, "unknown_field", "this list does not take it");
  message.GetReflection()->SetString(&message, field, text);
  return {};
}

int number_in(const Message& message, const char* name) {
  const auto* field = field_of(message.GetDescriptor(), name, FieldDescriptor::CPPTYPE_INT32);
  return field == nullptr ? 0 : message.GetReflection()->GetInt32(message, field);
}

bool flag_in(const Message& message, const char* name) {
  const auto* field = field_of(message.GetDescriptor(), name, FieldDescriptor::CPPTYPE_BOOL);
  return field != nullptr && message.GetReflection()->GetBool(message, field);
}

const Message& prototype_of(const Descriptor* type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
}

Result<std::unique_ptr<Message>> list_request(const ListContract& list,
                                              const v1::StartExportRequest& request,
                                              const std::string& filter) {
  const auto* type = list.method->descriptor->input_type();
  std::unique_ptr<Message> message(prototype_of(type).New());
  if (auto set = set_text(*message, "filter", filter); !set) return set.error();
  if (auto set = set_text(*message, "q", request.q()); !set) return set.error();
  if (auto set = set_text(*message, "order_by", request.order_by()); !set) return set.error();
  for (int i = 0; i < request.parameters_size(); ++i) {
    const auto& parameter = request.parameters(i);
    const bool own = std::find(kOwnParameters.begin(), kOwnParameters.end(), parameter.name()) !=
                     kOwnParameters.end();
    const std::string path = "parameters[" + std::to_string(i) + "]";
    if (own || type->FindFieldByName(parameter.name()) == nullptr) {
      return invalid_field(path + ".name", "unknown_value");
    }
    const auto set = json::set_from_text(*message, parameter.name(), parameter.value());
    if (!set) return invalid_field(path + ".value", set.error().fields.at(0).code);
  }
  return message;
}

// "id = (… OR …)", each with as many ids as one filter takes.
std::vector<std::string> filters_of(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<std::string> filters;
  for (int i = 0; i < ids.size(); ++i) {
    if (i % static_cast<int>(lists::kMaxValues) == 0) {
      filters.push_back("id = (" + ids[i]);
    } else {
      filters.back() += " OR " + ids[i];
    }
  }
  for (std::string& filter : filters) filter += ")";
  return filters;
}

}  // namespace

Result<ListContract> find_list(const std::string& name) {
  for (const rpc::Method& method : rpc::methods()) {
    if (method.path != kRoot + name || !reads_in_pages(method)) continue;
    const FieldDescriptor* rows = rows_of(method.descriptor->output_type());
    if (rows != nullptr) return ListContract{.method = &method, .rows = rows};
  }
  return invalid_field("list", "unknown_value", "no list of this name is read in pages");
}

Result<ListRequests> list_requests(const ListContract& list,
                                   const v1::StartExportRequest& request) {
  ListRequests requests;
  if (request.ids().empty()) {
    requests.push_back(TRY(list_request(list, request, request.filter())));
    return requests;
  }
  if (!request.filter().empty() || !request.q().empty() || !request.order_by().empty()) {
    return invalid_field("ids", "goes_alone", "rows are chosen by ids or by a filter");
  }
  if (text_field(list.rows->message_type(), "id") == nullptr) {
    return invalid_field("ids", "unknown_field", "the rows of this list have no ids");
  }
  for (const std::string& filter : filters_of(request.ids())) {
    requests.push_back(TRY(list_request(list, request, filter)));
  }
  return requests;
}

awaitable<Result<ListReply>> ask_page(rpc::Peers& peers, const ListContract& list,
                                      const Context& ctx, Message& request, int page_size,
                                      std::string page_token) {
  const auto* type = request.GetDescriptor();
  const auto* reflection = request.GetReflection();
  reflection->SetInt32(&request, type->FindFieldByName("page_size"), page_size);
  reflection->SetString(&request, type->FindFieldByName("page_token"), std::move(page_token));

  rpc::Envelope envelope;
  envelope.method = list.method->name;
  envelope.caller_service = kMyself;
  envelope.identity_token = ctx.identity_token;
  envelope.traceparent = ctx.trace.traceparent();
  envelope.time_left = ctx.time_left();
  const Message& prototype = prototype_of(list.method->descriptor->output_type());
  rpc::Channel& channel = peers.to(list.method->service);
  auto answer = co_await channel.call(std::move(envelope), request, prototype);
  if (!answer) co_return std::move(answer).error();

  ListReply reply;
  const Message& message = *answer->message;
  const auto* token = message.GetDescriptor()->FindFieldByName("next_page_token");
  reply.next_page_token = message.GetReflection()->GetString(message, token);
  reply.total = number_in(message, "total_size");
  reply.total_estimated = flag_in(message, "total_estimated");
  reply.message = std::move(answer->message);
  co_return reply;
}

}  // namespace bordero::notifications
