#include "services/gateway/src/api/shape.hpp"

#include <algorithm>

namespace bordero::gateway {
namespace {

bool named(const std::vector<RequestShape::Field>& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](RequestShape::Field field) { return field->name() == name; });
}

}  // namespace

bool RequestShape::in_body(std::string_view name) const { return named(body, name); }
bool RequestShape::in_query(std::string_view name) const { return named(query, name); }

RequestShape shape_of(const rpc::Method& method) {
  const bool has_body = method.verb == rpc::Verb::post || method.verb == rpc::Verb::patch;
  const auto* type = method.descriptor->input_type();
  RequestShape shape;
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    const auto* inner = field->message_type();
    if (method.path.find("{" + field->name() + "}") != std::string::npos) {
      shape.path.push_back(field);
    } else if (inner != nullptr && inner->full_name() == "google.protobuf.FieldMask") {
      shape.mask = field;
    } else if (rpc::filled_by_gateway(field)) {
      continue;
    } else if (field->name() == "version" && method.changes()) {
      shape.version = field;
      if (method.verb == rpc::Verb::post) shape.body.push_back(field);
    } else {
      (has_body ? shape.body : shape.query).push_back(field);
    }
  }
  return shape;
}

}  // namespace bordero::gateway
