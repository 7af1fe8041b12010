#include "services/gateway/src/api/reply_writer.hpp"

#include "platform/http/json.hpp"
#include "services/gateway/src/answers.hpp"

namespace bordero::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string id_of(const Message& message) {
  const FieldDescriptor* id = message.GetDescriptor()->FindFieldByName("id");
  if (id == nullptr || id->cpp_type() != FieldDescriptor::CPPTYPE_STRING) return {};
  return message.GetReflection()->GetString(message, id);
}

// What was made: the reply itself, or the record that it wraps.
const Message* made_in(const Message& reply) {
  if (!id_of(reply).empty()) return &reply;
  const auto* type = reply.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->is_repeated() || field->message_type() == nullptr) continue;
    const Message& inner = reply.GetReflection()->GetMessage(reply, field);
    if (!id_of(inner).empty()) return &inner;
  }
  return &reply;
}

}  // namespace

httpd::Response write_reply(const ApiRouter& router, const Route& route,
                            const httpd::Request& request, const rpc::Answer& answer) {
  const Message& reply = *answer.message;
  const int status = route.method().status;
  httpd::Response response;
  response.status = status;
  response.headers.emplace_back("Cache-Control", "no-store");
  if (answer.replayed) response.headers.emplace_back("Idempotency-Replayed", "true");
  if (status == 204) return response;

  response.headers.emplace_back("Content-Type", "application/json");
  json::append(response.body, reply);
  const FieldDescriptor* version = reply.GetDescriptor()->FindFieldByName("version");
  if (version != nullptr && version->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    const int number = reply.GetReflection()->GetInt32(reply, version);
    response.headers.emplace_back("ETag", "\"" + std::to_string(number) + "\"");
  }
  if (status == 201) {
    const Message& made = *made_in(reply);
    const std::string id = id_of(made);
    std::string location = router.path_of_one(made.GetDescriptor(), id);
    if (location.empty()) location = request.path + "/" + id;
    response.headers.emplace_back("Location", std::move(location));
  }
  return response;
}

}  // namespace bordero::gateway
