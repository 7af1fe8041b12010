#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <tuple>

#include "platform/rpc/contract.hpp"
#include "services/gateway/src/documents.hpp"
#include "services/gateway/src/documents/pretty.hpp"

namespace bordero::gateway {
namespace {

using Line = std::tuple<std::string, std::string, std::string, const rpc::Grant*>;

boost::json::object written(const Line& line) {
  const auto& [from, to, method, grant] = line;
  boost::json::object object{{"from", from}, {"to", to}, {"method", method}};
  // A call with a user's token has that user's rights; these are of a call without one.
  if (grant->alone) object["alone"] = true;
  if (!grant->powers.empty())
    object["may"] = boost::json::array(grant->powers.begin(), grant->powers.end());
  return object;
}

}  // namespace

std::string callers_document() {
  std::vector<Line> lines;
  for (const rpc::Method& method : rpc::methods()) {
    if (method.service == "gateway") continue;  // Answered by the gateway itself.
    for (const rpc::Grant& grant : method.callers) {
      lines.emplace_back(grant.service, method.service, method.name, &grant);
    }
  }
  std::sort(lines.begin(), lines.end());
  boost::json::array calls;
  for (const Line& line : lines) calls.push_back(written(line));
  return pretty(boost::json::object{
      {"about",
       "Who calls whom, made from the contract by `bordero callers-doc`. What does not "
       "stand here is refused by the service that is called."},
      {"calls", std::move(calls)}});
}

}  // namespace bordero::gateway
