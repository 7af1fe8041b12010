#include "services/gateway/src/api/request_reader.hpp"

#include <google/protobuf/field_mask.pb.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "platform/json/json.hpp"

namespace bordero::gateway {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

std::unique_ptr<Message> empty_message(const google::protobuf::Descriptor* type) {
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
  return std::unique_ptr<Message>(prototype->New());
}

// A strong ETag of ours: "3" with its quotes.
Result<std::optional<int>> version_in_header(const httpd::Request& request) {
  if (request.header_count("if-match") == 0) return std::optional<int>();
  const std::string_view tag = request.header("if-match");
  int version = 0;
  const bool quoted = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
  const char* const first = tag.data() + 1;
  const char* const last = tag.data() + tag.size() - 1;
  if (quoted) {
    const auto [end, error] = std::from_chars(first, last, version);
    if (error == std::errc() && end == last && version >= 0 &&
        request.header_count("if-match") == 1) {
      return std::optional<int>(version);
    }
  }
  return invalid("malformed_if_match", "If-Match takes one ETag, e.g. \"3\"");
}

class Reader {
 public:
  Reader(const Route& route, const httpd::Request& request)
      : route_(route),
        request_(request),
        message_(empty_message(route.method().descriptor->input_type())) {}

  Result<std::unique_ptr<Message>> read(
      const std::vector<std::pair<std::string, std::string>>& parameters) {
    const auto tag = TRY(version_in_header(request_));
    const bool takes_body =
        route_.method().verb == rpc::Verb::post || route_.method().verb == rpc::Verb::patch;
    if (takes_body) {
      if (auto read = read_body(); !read) return std::move(read).error();
    } else if (!request_.body.empty()) {
      return invalid("body_not_allowed");
    }
    read_query();
    for (const auto& [name, value] : parameters) note(json::set_from_text(*message_, name, value));
    if (!errors_.empty()) {
      Error error = invalid("invalid_argument");
      error.fields = std::move(errors_);
      return error;
    }
    if (auto set = set_version(tag); !set) return std::move(set).error();
    set_mask();
    return std::move(message_);
  }

 private:
  void note(Result<void> read) {
    if (read) return;
    auto& fields = read.error().fields;
    errors_.insert(errors_.end(), fields.begin(), fields.end());
  }

  Result<void> read_body() {
    if (request_.body.empty() && route_.method().verb == rpc::Verb::post) return {};
    if (request_.header("content-type") != "application/json" ||
        request_.header_count("content-encoding") > 0) {
      return Error{.kind = ErrorKind::unsupported, .reason = "content_type_not_json"};
    }
    auto parsed = json::parse(request_.body, *message_, &present_);
    if (!parsed && parsed.error().fields.empty()) return std::move(parsed).error();
    note(std::move(parsed));
    const auto* type = message_->GetDescriptor();
    for (const std::string& key : present_) {
      const auto* field = type->FindFieldByName(key);
      const bool refused_already = field == nullptr || field == route_.shape.mask;
      if (!refused_already && !route_.shape.in_body(key)) errors_.push_back({key, "not_settable"});
    }
    return {};
  }

  void read_query() {
    std::set<std::string_view> seen;
    for (const auto& [name, value] : request_.query) {
      if (!route_.shape.in_query(name)) {
        errors_.push_back({name.substr(0, 200), "unknown_field"});
        continue;
      }
      const auto* field = message_->GetDescriptor()->FindFieldByName(name);
      if (!seen.insert(name).second && !field->is_repeated()) {
        errors_.push_back({name, "duplicate_parameter"});
        continue;
      }
      note(json::set_from_text(*message_, name, value));
    }
  }

  Result<void> set_version(std::optional<int> tag) {
    const auto* field = route_.shape.version;
    if (field == nullptr) return {};
    const bool in_body = std::find(present_.begin(), present_.end(), "version") != present_.end();
    const Reflection* reflect = message_->GetReflection();
    if (!tag && !in_body) {
      if (field->has_presence()) return {};  // An optional one is not checked when absent.
      return Error{.kind = ErrorKind::version_required, .reason = "version_required"};
    }
    if (tag && in_body && reflect->GetInt32(*message_, field) != *tag) {
      return invalid_field("version", "differs_from_if_match");
    }
    if (tag) reflect->SetInt32(message_.get(), field, *tag);
    return {};
  }

  void set_mask() {
    const auto* field = route_.shape.mask;
    if (field == nullptr) return;
    Message* inner = message_->GetReflection()->MutableMessage(message_.get(), field);
    auto& mask = static_cast<google::protobuf::FieldMask&>(*inner);
    for (const std::string& key : present_) mask.add_paths(key);
  }

  const Route& route_;
  const httpd::Request& request_;
  std::unique_ptr<Message> message_;
  std::vector<std::string> present_;
  std::vector<FieldError> errors_;
};

}  // namespace

Result<std::unique_ptr<Message>> read_message(const Matched& matched,
                                              const httpd::Request& request) {
  return Reader(*matched.route, request).read(matched.parameters);
}

Result<std::string> idempotency_key(const httpd::Request& request) {
  const int count = request.header_count("idempotency-key");
  if (count == 0) return std::string();
  const std::string_view key = request.header("idempotency-key");
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (count > 1 || key.empty() || key.size() > 64 || !printable) {
    return invalid("malformed_idempotency_key", "1 to 64 printable ASCII characters");
  }
  return std::string(key);
}

}  // namespace bordero::gateway
