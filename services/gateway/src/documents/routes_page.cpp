#include "platform/rpc/contract.hpp"
#include "services/gateway/src/documents.hpp"
#include "services/gateway/src/documents/comments.hpp"

namespace bordero::gateway {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace

std::string routes_page() {
  std::string out =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Bordero API</title>"
      "<h1>Bordero API</h1><p>The same, for programs: <a href=\"/api/v1/openapi.json\">"
      "openapi.json</a>.</p><table><tr><th>Route<th>Permission<th>What it does";
  for (const rpc::Method& method : rpc::methods()) {
    if (!method.has_route) continue;
    out += "<tr><td><code>" + std::string(rpc::verb_name(method.verb)) + " " +
           escaped(method.path) + "</code><td>" + escaped(method.permission) + "<td>" +
           escaped(comment_of(method.descriptor));
  }
  return out + "</table></html>";
}

}  // namespace bordero::gateway
