#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/rpc/contract.hpp"
#include "services/gateway/src/api/shape.hpp"

namespace bordero::gateway {

// One route with everything that answering it takes, worked out at start.
struct Route {
  std::vector<const rpc::Method*> methods;  // More than one when the route is joined.
  RequestShape shape;

  const rpc::Method& method() const { return *methods.front(); }
};

struct Matched {
  const Route* route = nullptr;
  std::vector<std::pair<std::string, std::string>> parameters;
};

// The routes of the contract as a tree of path segments. What stands here is what is reachable.
class ApiRouter {
 public:
  ApiRouter();
  // not_found("route_not_found"), or wrong_method with what would be allowed. HEAD is GET.
  Result<Matched> find(std::string_view method, std::string_view path) const;
  // The path of the GET that reads one record of this type, by its id; empty when there is none.
  std::string path_of_one(const google::protobuf::Descriptor* type, const std::string& id) const;

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> any;
    std::map<std::string, Route, std::less<>> routes;  // By HTTP method.
  };
  const Node* walk(const Node& node, std::string_view path, std::vector<std::string>& values) const;
  void add(const rpc::Method& method);

  Node root_;
  std::map<const google::protobuf::Descriptor*, std::string> readers_;
};

}  // namespace bordero::gateway
