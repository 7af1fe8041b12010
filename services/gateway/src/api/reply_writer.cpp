#include "services/gateway/src/api/reply_writer.hpp"

#include <cctype>

#include "bordero/common/v1/common.pb.h"
#include "bordero/common/v1/files.pb.h"
#include "platform/base/bytes.hpp"
#include "platform/json/json.hpp"
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

// RFC 6266: an ASCII name for everybody, the real one for who reads UTF-8.
std::string disposition(const std::string& file_name) {
  static constexpr const char* kHex = "0123456789ABCDEF";
  std::string ascii;
  std::string encoded;
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.';
    // The first byte of a character stands for all of it.
    if (byte < 0x80 || byte >= 0xC0) ascii += plain ? c : '_';
    if (plain) {
      encoded += c;
    } else {
      (encoded += '%') += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
}

// A picture that the client has already is not sent again.
void tell_apart(httpd::Response& response, const httpd::Request& request) {
  const std::string etag = "\"" + hex(sha256(response.body)) + "\"";
  response.headers.emplace_back("ETag", etag);
  if (request.header("if-none-match") != etag) return;
  response.status = 304;
  response.body.clear();
}

template <class File>
void write_file(httpd::Response& response, const File& file) {
  response.headers.emplace_back("Content-Type", file.content_type());
  response.headers.emplace_back("Content-Disposition", disposition(file.file_name()));
  response.body = file.data();
}

bool is_long_file(const Message& reply) {
  return reply.GetDescriptor() == common::v1::LongFile::descriptor();
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
  if (route.method().binary) {
    if (is_long_file(reply)) {
      write_file(response, static_cast<const common::v1::LongFile&>(reply));
    } else {
      write_file(response, static_cast<const common::v1::File&>(reply));
      tell_apart(response, request);
    }
    return response;
  }

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
