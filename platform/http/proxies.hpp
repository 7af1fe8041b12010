#pragma once

#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/http/server.hpp"

// Who stands before this server, and what they say about the client behind them. Their word counts
// only when their own address is of a configured network: anybody can write these headers.
namespace bordero::httpd {

// An address as text, IPv4 in IPv6 as IPv4; empty when it is none. Takes a port and brackets.
std::string plain_address(std::string_view text);

// "10.0.0.0/8, fd00::/8, 192.0.2.7". Throws BadSetting for anything else.
class Networks {
 public:
  Networks() = default;
  explicit Networks(std::string_view list);
  bool contains(std::string_view address) const;
  bool empty() const { return v4_.empty() && v6_.empty(); }

 private:
  std::vector<asio::ip::network_v4> v4_;
  std::vector<asio::ip::network_v6> v6_;
};

// Where a request comes from: the last address that no trusted hop has, read from the nearest on.
// What stands further left may have been written by the client.
struct Origin {
  std::string address;
  std::optional<bool> secure;  // Whether the client came by TLS; nothing when no hop said.
};
Origin origin_of(const Request& request, const Origin& peer, const Networks& trusted,
                 ForwardedBy header);

// The beginning of a connection in PROXY protocol version 2.
struct ProxyHeader {
  enum class State { incomplete, complete, bad };
  State state = State::bad;
  std::size_t size = 0;  // Of a complete one.
  std::string address;   // Empty: the proxy speaks for itself.
  std::optional<bool> secure;
};
ProxyHeader read_proxy_header(std::string_view bytes);

}  // namespace bordero::httpd
