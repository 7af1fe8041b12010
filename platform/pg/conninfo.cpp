#include "platform/pg/conninfo.hpp"

#include <libpq-fe.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <memory>

#include "platform/base/error.hpp"
#include "platform/pg/patience.hpp"
#include "platform/tls/tls.hpp"

namespace bordero::pg {
namespace {

// Text forms are read in UTC and ISO; a session without a limit of its own ends a statement after
// the time of a whole request; jit costs more than it gives for statements as short as ours.
constexpr const char* kSession =
    "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c client_min_messages=warning "
    "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=60000 -c jit=off";

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

// The part of this host; one part counts for all hosts.
std::string part(const std::vector<std::string>& parts, std::size_t index) {
  if (parts.size() == 1) return parts[0];
  return index < parts.size() ? parts[index] : "";
}

}  // namespace

ConnInfo::ConnInfo(const std::string& dsn, const std::string& application_name) {
  char* said = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(dsn.c_str(), &said), &PQconninfoFree);
  PQfreemem(said);
  if (!options) throw Broken("the database's connection string is malformed");

  std::vector<std::string> names(1);
  std::vector<std::string> addresses(1);
  std::vector<std::string> ports(1);
  std::string session = kSession;
  for (const PQconninfoOption* option = options.get(); option->keyword; ++option) {
    const std::string keyword = option->keyword;
    if (!option->val || !*option->val) continue;
    const std::string value = option->val;
    if (keyword == "sslmode" && value != "verify-full") tls::refuse_plain("sslmode=" + value);
    if (keyword == "host")
      names = split(value);
    else if (keyword == "hostaddr")
      addresses = split(value);
    else if (keyword == "port")
      ports = split(value);
    else if (keyword == "options")
      session += " " + value;
    else if (keyword == "connect_timeout")
      host_timeout_ = std::chrono::seconds(std::stoi(value));
    else
      common_.emplace_back(keyword, value);
  }
  common_.emplace_back("options", session);
  common_.emplace_back("client_encoding", "UTF8");
  common_.emplace_back("fallback_application_name", application_name);
  for (const auto& [keyword, value] : kPatience) common_.emplace_back(keyword, value);
  for (std::size_t i = 0; i < std::max(names.size(), addresses.size()); ++i) {
    hosts_.push_back({part(names, i), part(addresses, i), part(ports, i)});
  }
}

Target ConnInfo::target(const Host& host, const std::string& address) const {
  Target target{common_};
  if (!host.name.empty()) target.settings.emplace_back("host", host.name);
  if (!address.empty()) target.settings.emplace_back("hostaddr", address);
  if (!host.port.empty()) target.settings.emplace_back("port", host.port);
  return target;
}

awaitable<std::vector<Target>> ConnInfo::targets(std::size_t index) const {
  const Host& host = hosts_[index];
  std::vector<Target> targets;
  boost::system::error_code not_an_address;
  asio::ip::make_address(host.name, not_an_address);
  if (!host.address.empty() || host.name.empty() || host.name[0] == '/' || !not_an_address) {
    targets.push_back(target(host, host.address));
    co_return targets;
  }
  asio::ip::tcp::resolver resolver(co_await asio::this_coro::executor);
  const auto [error, found] =
      co_await resolver.async_resolve(host.name, "", asio::as_tuple(asio::use_awaitable));
  if (error) co_return targets;
  for (const auto& entry : found) {
    targets.push_back(target(host, entry.endpoint().address().to_string()));
  }
  co_return targets;
}

}  // namespace bordero::pg
