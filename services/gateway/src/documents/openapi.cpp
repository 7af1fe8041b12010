#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "services/gateway/src/api/shape.hpp"
#include "services/gateway/src/documents.hpp"
#include "services/gateway/src/documents/comments.hpp"
#include "services/gateway/src/documents/pretty.hpp"
#include "services/gateway/src/documents/schemas.hpp"

namespace bordero::gateway {
namespace {

using boost::json::array;
using boost::json::object;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr const char* kAbout =
    "The whole API of Bordero. Made from the contract; see each operation's x-permission for what "
    "the caller needs. Errors are application/problem+json with a stable `code`.";

std::string first_sentence(const std::string& words) {
  const std::size_t end = words.find(". ");
  std::string sentence = words.substr(0, end);
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

// ListDeals → "List deals".
std::string spoken(const std::string& camel) {
  std::string words;
  for (const char c : camel) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !words.empty()) words += ' ';
    words += capital && !words.empty() ? static_cast<char>(c + 32) : c;
  }
  return words;
}

std::string tag_of(const rpc::Method& method) {
  std::string name = method.descriptor->service()->name();
  if (name.ends_with("Service")) name.resize(name.size() - 7);
  return name;
}

object header(const char* name, bool required, const char* words, object schema) {
  object parameter{{"name", name}, {"in", "header"}, {"description", words}};
  if (required) parameter["required"] = true;
  parameter["schema"] = std::move(schema);
  return parameter;
}

// The resource that a list answers, if it says what it can be filtered by.
const Descriptor* listed_resource(const rpc::Method& method) {
  const Descriptor* reply = method.descriptor->output_type();
  for (int i = 0; i < reply->field_count(); ++i) {
    const FieldDescriptor* field = reply->field(i);
    if (field->is_repeated() && field->message_type() != nullptr) return field->message_type();
  }
  return nullptr;
}

std::string list_words(const rpc::Method& method, const FieldDescriptor* field) {
  const Descriptor* resource = listed_resource(method);
  if (resource == nullptr) return {};
  const auto& options = resource->options();
  const std::string& fields = options.GetExtension(bordero::filterable);
  // The lists know it by themselves (platform/lists).
  if (field->name() == "filter") return fields.empty() ? fields : "id, " + fields;
  if (field->name() == "order_by") return options.GetExtension(bordero::sortable);
  return {};
}

object parameter_of(const rpc::Method& method, const FieldDescriptor* field, const char* in,
                    Schemas& schemas) {
  object parameter{{"name", field->name()}, {"in", in}};
  std::string words = comment_of(field);
  if (const std::string fields = list_words(method, field); !fields.empty()) {
    words = (field->name() == "filter" ? "AIP-160 over: " : "`field [desc], …` of: ") + fields;
  }
  if (!words.empty()) parameter["description"] = words;
  const bool in_path = std::string_view(in) == "path";
  if (in_path || rpc::rule_of(field).required()) parameter["required"] = true;
  parameter["schema"] = schemas.parameter(field);
  return parameter;
}

array parameters_of(const rpc::Method& method, const RequestShape& shape, Schemas& schemas) {
  array parameters;
  for (const auto* field : shape.path) {
    parameters.push_back(parameter_of(method, field, "path", schemas));
  }
  for (const auto* field : shape.query) {
    parameters.push_back(parameter_of(method, field, "query", schemas));
  }
  if (shape.version != nullptr) {
    const bool patch = method.verb == rpc::Verb::patch;
    parameters.push_back(header("If-Match", patch, "The ETag of what was read, e.g. \"3\".",
                                {{"type", "string"}, {"maxLength", 20}}));
  }
  if (method.changes() && !method.secret_reply) {
    parameters.push_back(header("Idempotency-Key", false,
                                "The same key with the same content has one effect and one answer.",
                                {{"type", "string"}, {"minLength", 1}, {"maxLength", 64}}));
  }
  if (method.path.ends_with("/stream")) {
    parameters.push_back(header("Last-Event-ID", false, "Resume after this event.",
                                {{"type", "string"}, {"maxLength", 64}}));
  }
  return parameters;
}

object success_of(const rpc::Method& method, Schemas& schemas) {
  const Descriptor* reply = method.descriptor->output_type();
  object response{{"description", "Done."}};
  if (method.status == 204) return response;
  if (method.binary) {
    const object file{{"type", "string"}, {"format", "binary"}};
    response["description"] = "The file, as a download.";
    response["content"] = object{{"application/octet-stream", object{{"schema", file}}}};
    return response;
  }
  object headers;
  if (reply->FindFieldByName("version") != nullptr && !method.path.ends_with("/stream")) {
    headers["ETag"] = object{{"description", "The version, for If-Match."},
                             {"schema", object{{"type", "string"}}}};
  }
  if (method.status == 201) {
    headers["Location"] = object{{"description", "Where the new resource is."},
                                 {"schema", object{{"type", "string"}}}};
  }
  if (!headers.empty()) response["headers"] = std::move(headers);
  const char* type = method.path.ends_with("/stream") ? "text/event-stream" : "application/json";
  response["content"] = object{{type, object{{"schema", schemas.reply(reply)}}}};
  return response;
}

object responses_of(const rpc::Method& method, const RequestShape& shape, Schemas& schemas) {
  object responses{{std::to_string(method.status), success_of(method, schemas)}};
  const auto problem = [&](const char* status) {
    responses[status] = object{{"$ref", "#/components/responses/Problem"}};
  };
  problem("400");
  if (method.permission != "public") problem("401");
  if (method.changes() || (method.permission != "public" && method.permission != "session")) {
    problem("403");
  }
  if (!shape.path.empty()) problem("404");
  if (method.changes()) problem("409");
  if (shape.version != nullptr) problem("412");
  if (method.changes()) {
    problem("413");
    problem("415");
    if (!method.secret_reply) problem("422");
  }
  if (shape.version != nullptr && !shape.version->has_presence()) problem("428");
  problem("429");
  problem("503");
  return responses;
}

object operation_of(const rpc::Method& method, Schemas& schemas) {
  const RequestShape shape = shape_of(method);
  const std::string words = comment_of(method.descriptor);
  object operation{{"operationId", method.descriptor->name()}, {"tags", array{tag_of(method)}}};
  operation["summary"] = words.empty() ? spoken(method.descriptor->name()) : first_sentence(words);
  if (!words.empty()) operation["description"] = words;
  operation["x-permission"] = method.permission;
  if (method.permission == "public") operation["security"] = array();
  if (array parameters = parameters_of(method, shape, schemas); !parameters.empty()) {
    operation["parameters"] = std::move(parameters);
  }
  if (!shape.body.empty()) {
    const bool needed = method.verb == rpc::Verb::patch ||
                        std::any_of(shape.body.begin(), shape.body.end(), [](const auto* field) {
                          return rpc::rule_of(field).required();
                        });
    const object schema{{"schema", schemas.request(method, shape)}};
    operation["requestBody"] =
        object{{"required", needed}, {"content", object{{"application/json", schema}}}};
  }
  operation["responses"] = responses_of(method, shape, schemas);
  return operation;
}

object problem_schema() {
  const object text{{"type", "string"}};
  const object whole{{"type", "integer"}};
  const object field_error{
      {"type", "object"},
      {"properties", object{{"field", text}, {"code", text}, {"detail", text}}},
      {"required", array{"field", "code"}}};
  object properties{{"type", text}, {"title", text}, {"status", whole}, {"detail", text}};
  properties["code"] = object{{"type", "string"}, {"description", "Stable, for programs."}};
  properties["errors"] = object{{"type", "array"}, {"items", field_error}};
  properties["allowed"] =
      object{{"type", "array"}, {"items", text}, {"description", "What would have been allowed."}};
  properties["current_version"] = object{{"type", "integer"}, {"description", "With 412."}};
  properties["trace_id"] = text;
  return {{"type", "object"},
          {"description", "RFC 9457."},
          {"properties", std::move(properties)},
          {"required", array{"type", "title", "status", "code", "trace_id"}}};
}

object components(const Schemas& schemas) {
  object all = schemas.all();
  all["Problem"] = problem_schema();
  const object cookie{{"type", "apiKey"},
                      {"in", "cookie"},
                      {"name", "__Host-bordero"},
                      {"description", "Unsafe methods need X-CSRF-Token too."}};
  const object bearer{{"type", "http"}, {"scheme", "bearer"}};
  const object problem{
      {"description", "Why not."},
      {"content", object{{"application/problem+json",
                          object{{"schema", object{{"$ref", "#/components/schemas/Problem"}}}}}}}};
  return {{"securitySchemes", object{{"cookie", cookie}, {"bearer", bearer}}},
          {"responses", object{{"Problem", problem}}},
          {"schemas", std::move(all)}};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// Bodies of doors are their senders' own.
object door_of(const Webhook& door) {
  const object any{{"content", object{{"*/*", object()}}}};
  object answers;
  for (const auto& [status, words] : {std::pair{"200", "The broker has it."},
                                      {"403", "The secret is wrong."},
                                      {"413", "Too large."},
                                      {"429", "Too many."},
                                      {"503", "The broker has it not: to be sent again."}}) {
    answers[status] = object{{"description", words}};
  }
  return object{{"post", object{{"summary", door.about()},
                                {"security", array()},
                                {"requestBody", any},
                                {"responses", std::move(answers)}}}};
}

object paths_of(Schemas& schemas) {
  object paths;
  for (const rpc::Method& method : rpc::methods()) {
    if (!method.has_route) continue;
    boost::json::value& path = paths[method.path];
    if (path.is_null()) path.emplace_object();
    const std::string verb = lower(rpc::verb_name(method.verb));
    // Several services declare a joined route; it is described once.
    if (path.get_object().contains(verb)) continue;
    path.get_object()[verb] = operation_of(method, schemas);
  }
  for (const Webhook& door : rpc::queues().webhooks) paths[door.path()] = door_of(door);
  return paths;
}

array tags() {
  array all;
  for (const rpc::Method& method : rpc::methods()) {
    if (!method.has_route) continue;
    const std::string name = tag_of(method);
    const bool known = std::any_of(all.begin(), all.end(),
                                   [&](const auto& tag) { return tag.at("name") == name.c_str(); });
    if (known) continue;
    all.push_back(
        object{{"name", name}, {"description", comment_of(method.descriptor->service())}});
  }
  return all;
}

}  // namespace

std::string openapi_document() {
  Schemas schemas;
  object document{{"openapi", "3.1.0"},
                  {"info", object{{"title", "Bordero"}, {"version", "1"}, {"description", kAbout}}},
                  {"servers", array{object{{"url", "/"}}}},
                  {"security", array{object{{"cookie", array()}}, object{{"bearer", array()}}}},
                  {"tags", tags()},
                  {"paths", paths_of(schemas)}};
  document["components"] = components(schemas);
  return pretty(document);
}

}  // namespace bordero::gateway
