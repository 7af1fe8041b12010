#include "services/auth/src/sessions/device.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <utility>

#include "platform/base/uuid.hpp"
#include "services/auth/src/secret.hpp"

namespace bordero::auth {
namespace {

using Mark = std::pair<std::string_view, std::string_view>;

// Order matters: most browsers also name those that they imitate.
constexpr std::array<Mark, 7> kBrowsers = {Mark{"YaBrowser/", "Яндекс Браузер"},
                                           Mark{"OPR/", "Opera"},
                                           Mark{"Edg", "Edge"},
                                           Mark{"SamsungBrowser/", "Samsung Internet"},
                                           Mark{"Firefox/", "Firefox"},
                                           Mark{"Chrome/", "Chrome"},
                                           Mark{"Safari/", "Safari"}};
constexpr std::array<Mark, 7> kSystems = {Mark{"Windows", "Windows"}, Mark{"Android", "Android"},
                                          Mark{"iPhone", "iPhone"},   Mark{"iPad", "iPad"},
                                          Mark{"Mac OS X", "macOS"},  Mark{"CrOS", "ChromeOS"},
                                          Mark{"Linux", "Linux"}};

template <std::size_t N>
std::string_view name_in(const std::array<Mark, N>& marks, std::string_view text) {
  const auto found = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return text.find(mark.first) != std::string_view::npos;
  });
  return found == marks.end() ? std::string_view() : found->second;
}

std::string first_word(std::string_view text) {
  std::string word;
  for (const char c : text.substr(0, 40)) {
    if (c == '/' || c == ' ' || c < '!' || c > '~') break;
    word.push_back(c);
  }
  return word;
}

}  // namespace

std::string device_text(std::string_view user_agent) {
  const std::string_view browser = name_in(kBrowsers, user_agent);
  if (browser.empty()) return first_word(user_agent);
  const std::string_view system = name_in(kSystems, user_agent);
  if (system.empty()) return std::string(browser);
  return std::string(browser) + ", " + std::string(system);
}

std::string network_of(std::string_view address) {
  boost::system::error_code failed;
  const auto parsed = boost::asio::ip::make_address(std::string(address), failed);
  if (failed) return "unknown";
  if (parsed.is_v4()) {
    auto bytes = parsed.to_v4().to_bytes();
    bytes[3] = 0;
    return boost::asio::ip::make_address_v4(bytes).to_string() + "/24";
  }
  auto bytes = parsed.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return boost::asio::ip::make_address_v6(bytes).to_string() + "/64";
}

DeviceCookies::DeviceCookies(std::string_view seal_key)
    : key_(hmac_sha256(seal_key, "device cookies")) {}

std::string DeviceCookies::signature(std::string_view device, std::string_view account) const {
  return base64url(hmac_sha256(key_, std::string(device) + " " + std::string(account)));
}

std::optional<std::string> DeviceCookies::device_of(std::string_view cookie,
                                                    std::string_view account) const {
  const std::size_t dot = cookie.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view device = cookie.substr(0, dot);
  if (!same_secret(cookie.substr(dot + 1), signature(device, account))) return std::nullopt;
  return std::string(device);
}

std::string DeviceCookies::make(std::string_view account) const {
  std::string bytes(16, '\0');
  random_bytes(bytes.data(), bytes.size());
  const std::string device = hex(bytes);
  return device + "." + signature(device, account);
}

}  // namespace bordero::auth
