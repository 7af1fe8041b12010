#include "platform/json/json.hpp"
#include "platform/rpc/contract.hpp"
#include "services/gateway/src/documents.hpp"
#include "services/gateway/src/documents/comments.hpp"

namespace bordero::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr const char* kHead = R"(# Events

Made from the contract by `bordero events-doc`; change the `events.proto` of a service instead.

Each event is published to the exchange `bordero.events` with its type as routing key. The body is
JSON of the message named here; what every event carries besides travels in the headers: `id`,
`source`, `type`, `subject` (the entity's id), `time`, `version`, `actor`, the audience, and
`traceparent`.
)";

std::string type_of(const FieldDescriptor* field) {
  std::string name;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      name = field->message_type()->name();
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      name = field->enum_type()->name();
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      name = "text";
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      name = "boolean";
      break;
    default:
      name = "number";
  }
  return field->is_repeated() ? "list of " + name : name;
}

void append_event(std::string& out, const std::string& type, const Descriptor* message) {
  out += "\n### " + type + "\n\n";
  if (const std::string words = comment_of(message); !words.empty()) out += words + "\n\n";
  out += "| field | type | about |\n| --- | --- | --- |\n";
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    out += "| `" + field->name() + "` | " + type_of(field) + " | " + comment_of(field) + " |\n";
  }
}

void append_queue(std::string& out, const std::string& name, const Queue& queue) {
  std::string senders;
  for (const std::string& sender : queue.senders()) {
    senders += (senders.empty() ? "" : ", ") + sender;
  }
  out += "| `" + name + "` | " + senders + " | " + name.substr(0, name.find('.')) + " | " +
         queue.about() + " |\n";
}

}  // namespace

std::string queues_chapter(const rpc::Queues& queues) {
  if (queues.by_name.empty()) return "";
  std::string out = "\n## Queues\n\n";
  out += "What is no event travels by a queue of its own, to one reader. A command carries who\n";
  out +=
      "wishes it, and is believed because only the senders of its queue may put something in.\n\n";
  out += "| queue | senders | reader | about |\n| --- | --- | --- | --- |\n";
  for (const auto& [name, queue] : queues.by_name) append_queue(out, name, queue);
  for (const Webhook& door : queues.webhooks) {
    out += "\n`POST " + door.path() + "` puts what comes into `" + door.queue() + "`. " +
           door.about() + "\n";
  }
  for (const auto& [type, message] : queues.commands) append_event(out, type, message);
  return out;
}

std::string events_document() {
  std::string out = kHead;
  std::string service;
  for (const auto& [type, message] : rpc::events()) {
    const std::string publisher = type.substr(0, type.find('.'));
    if (publisher != service) out += "\n## " + publisher + "\n";
    service = publisher;
    append_event(out, type, message);
  }
  return out + queues_chapter(rpc::queues());
}

}  // namespace bordero::gateway
