#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordero::auth {

// "Firefox, Windows" from a user agent; the first word of what is no browser, e.g. "curl".
std::string device_text(std::string_view user_agent);

// "192.0.2.0/24" or "2001:db8:1:2::/64": who shares an address block shares its failures.
std::string network_of(std::string_view address);

// The cookie of a device that has signed in to an account before: an id and its signature.
class DeviceCookies {
 public:
  explicit DeviceCookies(std::string_view seal_key);
  // The device's id, when the cookie was made here for this account.
  std::optional<std::string> device_of(std::string_view cookie, std::string_view account) const;
  std::string make(std::string_view account) const;

 private:
  std::string signature(std::string_view device, std::string_view account) const;
  std::string key_;
};

}  // namespace bordero::auth
