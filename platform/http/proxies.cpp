#include "platform/http/proxies.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "platform/base/env.hpp"
#include "platform/http/wire_text.hpp"

namespace bordero::httpd {
namespace {

using asio::ip::address;
using asio::ip::address_v4;
using asio::ip::address_v6;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// A client that reached an IPv6 socket by IPv4 is the same client.
address plain(const address& any) {
  if (any.is_v6() && any.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, any.to_v6());
  }
  return any;
}

std::optional<address> parsed(std::string_view text) {
  if (text.size() > 64 || text.find('%') != std::string_view::npos) return std::nullopt;
  boost::system::error_code failed;
  const address found = asio::ip::make_address(std::string(text), failed);
  if (failed) return std::nullopt;
  return plain(found);
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "192.0.2.7", "192.0.2.7:443", "2001:db8::7", "[2001:db8::7]", "[2001:db8::7]:443".
std::optional<address> node_address(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view rest = text.substr(end + 1);
    const bool fits = rest.empty() || (rest.starts_with(':') && is_port(rest.substr(1)));
    return fits ? parsed(text.substr(1, end - 1)) : std::nullopt;
  }
  const std::size_t colon = text.find(':');
  const bool one_colon = colon != std::string_view::npos && text.rfind(':') == colon;
  if (one_colon) {
    return is_port(text.substr(colon + 1)) ? parsed(text.substr(0, colon)) : std::nullopt;
  }
  return parsed(text);
}

// What one hop wrote about who came to it.
struct Hop {
  std::string_view node;
  std::string_view proto;
};

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

Hop hop_of(std::string_view element) {
  Hop hop;
  for (const std::string_view pair : split(element, ';')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string name = lower(trimmed(pair.substr(0, equals)));
    const std::string_view value = unquoted(trimmed(pair.substr(equals + 1)));
    if (name == "for") hop.node = value;
    if (name == "proto") hop.proto = value;
  }
  return hop;
}

std::vector<Hop> hops_of(const Request& request, ForwardedBy header) {
  std::vector<Hop> hops;
  const bool standard = header == ForwardedBy::forwarded;
  for (const auto& [name, value] : request.headers) {
    if (name != (standard ? "forwarded" : "x-forwarded-for")) continue;
    for (const std::string_view element : split(value, ',')) {
      hops.push_back(standard ? hop_of(element) : Hop{.node = element, .proto = {}});
    }
  }
  // This one tells of the whole way at once; the nearest hop has written the last word of it.
  const std::string_view proto = standard ? "" : request.header("x-forwarded-proto");
  if (!proto.empty()) {
    for (Hop& hop : hops) hop.proto = split(proto, ',').back();
  }
  return hops;
}

std::optional<bool> secure_of(std::string_view proto, std::optional<bool> unknown) {
  const std::string name = lower(proto);
  if (name == "https") return true;
  if (name == "http") return false;
  return unknown;
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::size_t short_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

// Whether the proxy's own TLS to the client stands among what it added.
std::optional<bool> tls_in(std::string_view extras) {
  constexpr unsigned kSsl = 0x20;
  while (extras.size() >= 3) {
    const std::size_t size = short_at(extras, 1);
    if (extras.size() < 3 + size) return std::nullopt;
    if (byte_at(extras, 0) == kSsl && size >= 1) return (byte_at(extras, 3) & 1) != 0;
    extras.remove_prefix(3 + size);
  }
  return std::nullopt;
}

template <class Address>
std::string address_at(std::string_view bytes) {
  typename Address::bytes_type raw;
  std::copy_n(bytes.begin(), raw.size(), raw.begin());
  return plain(address(Address(raw))).to_string();
}

}  // namespace

std::string plain_address(std::string_view text) {
  const auto found = node_address(text);
  return found ? found->to_string() : std::string();
}

Networks::Networks(std::string_view list) {
  for (const std::string_view part : split(list, ',')) {
    if (part.empty()) continue;
    std::string text(part);
    if (text.find('/') == std::string::npos) {
      text += text.find(':') == std::string::npos ? "/32" : "/128";
    }
    boost::system::error_code failed;
    if (text.find(':') == std::string::npos) {
      v4_.push_back(asio::ip::make_network_v4(text, failed).canonical());
    } else {
      v6_.push_back(asio::ip::make_network_v6(text, failed).canonical());
    }
    if (failed) throw env::BadSetting("not a network like 10.0.0.0/8 or fd00::/8: " + text);
  }
}

bool Networks::contains(std::string_view text) const {
  const auto found = parsed(text);
  if (!found) return false;
  const auto within = [](const auto& networks, const auto& one) {
    using Network = typename std::decay_t<decltype(networks)>::value_type;
    return std::any_of(networks.begin(), networks.end(), [&](const Network& network) {
      return Network(one, network.prefix_length()).canonical() == network;
    });
  };
  return found->is_v4() ? within(v4_, found->to_v4()) : within(v6_, found->to_v6());
}

Origin origin_of(const Request& request, const Origin& peer, const Networks& trusted,
                 ForwardedBy header) {
  Origin origin = peer;
  if (!trusted.contains(peer.address)) return origin;
  const std::vector<Hop> hops = hops_of(request, header);
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    // What cannot be read was not written by a hop that we know: its sender is as far as we see.
    const auto from = node_address(hop->node);
    if (!from) break;
    origin = {.address = from->to_string(), .secure = secure_of(hop->proto, origin.secure)};
    if (!trusted.contains(origin.address)) break;
  }
  return origin;
}

ProxyHeader read_proxy_header(std::string_view bytes) {
  using State = ProxyHeader::State;
  constexpr std::string_view kSignature("\r\n\r\n\0\r\nQUIT\n", 12);
  constexpr std::size_t kFixed = 16;
  constexpr std::size_t kMaxSize = 2048;
  const std::string_view seen = bytes.substr(0, kSignature.size());
  if (!kSignature.starts_with(seen)) return {};
  if (bytes.size() < kFixed) return {.state = State::incomplete};

  const unsigned version = byte_at(bytes, 12) >> 4;
  const unsigned command = byte_at(bytes, 12) & 15;
  const unsigned family = byte_at(bytes, 13);
  const std::size_t size = kFixed + short_at(bytes, 14);
  if (version != 2 || command > 1 || size > kMaxSize) return {};
  if (bytes.size() < size) return {.state = State::incomplete};

  ProxyHeader header{.state = State::complete, .size = size};
  const std::string_view rest = bytes.substr(kFixed, size - kFixed);
  constexpr unsigned kLocal = 0;
  constexpr unsigned kTcp4 = 0x11;
  constexpr unsigned kTcp6 = 0x21;
  if (command == kLocal) return header;
  if (family == kTcp4 && rest.size() >= 12) {
    header.address = address_at<address_v4>(rest);
    header.secure = tls_in(rest.substr(12));
  } else if (family == kTcp6 && rest.size() >= 36) {
    header.address = address_at<address_v6>(rest);
    header.secure = tls_in(rest.substr(36));
  } else if (family != 0) {
    return {};
  }
  return header;
}

}  // namespace bordero::httpd
