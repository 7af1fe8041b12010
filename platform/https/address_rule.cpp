#include "platform/https/address_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "platform/base/env.hpp"

namespace bordero::https {
namespace {

namespace ip = boost::asio::ip;

struct Range {
  const char* base;
  int bits;
};

// The registries of special addresses of IANA, and the metadata service of a cloud that gave it a
// public address.
constexpr std::array kNotPublicV4 = {
    Range{"0.0.0.0", 8},         // This network.
    Range{"10.0.0.0", 8},        // Private.
    Range{"100.64.0.0", 10},     // Carrier-grade translation, and metadata of a cloud.
    Range{"127.0.0.0", 8},       // Loopback.
    Range{"168.63.129.16", 32},  // Metadata of a cloud.
    Range{"169.254.0.0", 16},    // Link-local, and metadata of most clouds.
    Range{"172.16.0.0", 12},     // Private.
    Range{"192.0.0.0", 24},      // Assignments of protocols.
    Range{"192.0.2.0", 24},      // Documentation.
    Range{"192.31.196.0", 24},   // AS112.
    Range{"192.52.193.0", 24},   // Automatic multicast tunnels.
    Range{"192.88.99.0", 24},    // Relays of 6to4.
    Range{"192.168.0.0", 16},    // Private.
    Range{"192.175.48.0", 24},   // AS112.
    Range{"198.18.0.0", 15},     // Benchmarks.
    Range{"198.51.100.0", 24},   // Documentation.
    Range{"203.0.113.0", 24},    // Documentation.
    Range{"224.0.0.0", 3},       // Multicast, reserved and broadcast.
};
// Only 2000::/3 is given out at all; these parts of it are not the public internet.
constexpr std::array kNotPublicV6 = {
    Range{"2001::", 23},          // Assignments of protocols, Teredo among them.
    Range{"2001:db8::", 32},      // Documentation.
    Range{"2002::", 16},          // 6to4: an IPv4 address within.
    Range{"2620:4f:8000::", 48},  // AS112.
    Range{"3fff::", 20},          // Documentation.
};
constexpr Range kGivenOut{"2000::", 3};

ip::address_v6 widened(const ip::address& address) {
  return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6();
}

bool within(const ip::address_v6& address, const ip::address_v6& base, int bits) {
  const auto left = address.to_bytes();
  const auto right = base.to_bytes();
  for (std::size_t i = 0; i < left.size() && bits > 0; ++i, bits -= 8) {
    const unsigned mask = bits >= 8 ? 0xFFU : 0xFFU << (8 - bits) & 0xFFU;
    if (((left[i] ^ right[i]) & mask) != 0) return false;
  }
  return true;
}

bool within(const ip::address& address, Range range) {
  const auto base = ip::make_address(range.base);
  return within(widened(address), widened(base), base.is_v4() ? range.bits + 96 : range.bits);
}

}  // namespace

bool is_public(const ip::address& address) {
  const auto holds_it = [&address](Range range) { return within(address, range); };
  if (address.is_v4()) return std::ranges::none_of(kNotPublicV4, holds_it);
  return within(address, kGivenOut) && std::ranges::none_of(kNotPublicV6, holds_it);
}

AddressRule::AddressRule(const std::vector<std::string>& networks) {
  for (const std::string_view text : networks) {
    const auto slash = text.find('/');
    boost::system::error_code failed;
    const auto base = ip::make_address(std::string(text.substr(0, slash)), failed);
    const auto number = slash == std::string_view::npos ? "" : text.substr(slash + 1);
    int bits = 0;
    const auto [end, wrong] = std::from_chars(number.begin(), number.end(), bits);
    const bool counted = !failed && wrong == std::errc() && end == number.end() && bits >= 0 &&
                         bits <= (base.is_v4() ? 32 : 128);
    if (!counted) throw env::BadSetting("not a network: " + std::string(text));
    networks_.push_back({widened(base), base.is_v4() ? bits + 96 : bits});
  }
}

// A mapped address is refused before a network is asked: it would otherwise be taken for IPv4.
bool AddressRule::allows(const ip::address& address) const {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return false;
  const auto wide = widened(address);
  return is_public(address) || std::ranges::any_of(networks_, [&wide](const Network& network) {
           return within(wide, network.base, network.bits);
         });
}

}  // namespace bordero::https
