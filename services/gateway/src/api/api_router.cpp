#include "services/gateway/src/api/api_router.hpp"

#include <algorithm>

namespace bordero::gateway {
namespace {

// Takes the next segment off the path.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

std::vector<std::string> parameters_in(std::string_view path) {
  std::vector<std::string> names;
  for (std::size_t open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
    names.emplace_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

}  // namespace

ApiRouter::ApiRouter() {
  for (const rpc::Method& method : rpc::methods()) {
    if (method.has_route) add(method);
  }
}

void ApiRouter::add(const rpc::Method& method) {
  Node* node = &root_;
  std::string_view path = method.path;
  while (!path.empty()) {
    const std::string_view segment = take_segment(path);
    const bool any = segment.starts_with('{');
    auto& next = any ? node->any : node->fixed[std::string(segment)];
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  Route& route = node->routes[std::string(rpc::verb_name(method.verb))];
  route.methods.push_back(&method);
  if (route.methods.size() == 1) route.shape = shape_of(method);
  ensure(route.methods.size() == 1 || method.joined, "one rpc answers a route that is not joined");

  if (method.verb == rpc::Verb::get && parameters_in(method.path).size() == 1 &&
      method.path.ends_with('}')) {
    readers_.emplace(method.descriptor->output_type(), method.path);
  }
}

// Fixed segments win over parameters: /clients/duplicates is not a client's id.
const ApiRouter::Node* ApiRouter::walk(const Node& node, std::string_view path,
                                       std::vector<std::string>& values) const {
  if (path.empty()) return node.routes.empty() ? nullptr : &node;
  const std::string_view segment = take_segment(path);
  if (const auto found = node.fixed.find(segment); found != node.fixed.end()) {
    if (const Node* end = walk(*found->second, path, values)) return end;
  }
  if (!node.any || segment.empty()) return nullptr;
  values.emplace_back(segment);
  if (const Node* end = walk(*node.any, path, values)) return end;
  values.pop_back();
  return nullptr;
}

Result<Matched> ApiRouter::find(std::string_view method, std::string_view path) const {
  std::vector<std::string> values;
  const Node* node = path.starts_with('/') ? walk(root_, path, values) : nullptr;
  if (node == nullptr) return not_found("route_not_found");
  const auto found = node->routes.find(method == "HEAD" ? "GET" : method);
  if (found == node->routes.end()) {
    Error error{.kind = ErrorKind::wrong_method, .reason = "method_not_allowed"};
    for (const auto& [verb, route] : node->routes) error.allowed.push_back(verb);
    return error;
  }
  Matched matched{.route = &found->second, .parameters = {}};
  const auto names = parameters_in(found->second.method().path);
  for (std::size_t i = 0; i < names.size(); ++i) {
    matched.parameters.emplace_back(names[i], std::move(values[i]));
  }
  return matched;
}

std::string ApiRouter::path_of_one(const google::protobuf::Descriptor* type,
                                   const std::string& id) const {
  const auto found = readers_.find(type);
  if (found == readers_.end()) return {};
  return found->second.substr(0, found->second.find('{')) + id;
}

}  // namespace bordero::gateway
