#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>
#include <vector>

namespace bordero::https {

// Where an address that a user gave may lead. The rule is asked with the very address that is then
// connected to, so a name that changes its address between a check and a use gains nothing.
class AddressRule {
 public:
  // Networks that are allowed although they are not public; a malformed one throws.
  explicit AddressRule(const std::vector<std::string>& networks);
  bool allows(const boost::asio::ip::address& address) const;

 private:
  struct Network {
    boost::asio::ip::address_v6 base;  // IPv4 in its mapped form.
    int bits;
  };
  std::vector<Network> networks_;
};

// Whether it is an address of the public internet. Private, loopback, link-local, carrier-grade,
// metadata, documentation and multicast ranges are not, nor is any form of IPv6 that carries an
// IPv4 address in it: mapped, compatible, NAT64, 6to4, Teredo.
bool is_public(const boost::asio::ip::address& address);

}  // namespace bordero::https
