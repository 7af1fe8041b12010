#include "services/auth/src/sessions/device.hpp"

#include <gtest/gtest.h>

namespace bordero::auth {
namespace {

TEST(DeviceText, NamesBrowserAndSystem) {
  EXPECT_EQ(device_text("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                        "Gecko) Chrome/130.0.0.0 Safari/537.36"),
            "Chrome, Windows");
  EXPECT_EQ(device_text("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
            "Firefox, Linux");
  EXPECT_EQ(device_text("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 "
                        "Mobile/15E148 Safari/604.1"),
            "Safari, iPhone");
  EXPECT_EQ(device_text("curl/7.88.1"), "curl");
  EXPECT_EQ(device_text(""), "");
  EXPECT_EQ(device_text("<b>\n"), "<b>");
}

TEST(NetworkOf, JoinsNeighbours) {
  EXPECT_EQ(network_of("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("somewhere"), "unknown");
}

TEST(DeviceCookies, AreGoodForTheirAccountAlone) {
  const DeviceCookies cookies(std::string(32, 'k'));
  const std::string cookie = cookies.make("account-1");

  EXPECT_TRUE(cookies.device_of(cookie, "account-1").has_value());
  EXPECT_FALSE(cookies.device_of(cookie, "account-2").has_value());
  EXPECT_FALSE(cookies.device_of(cookie + "x", "account-1").has_value());
  EXPECT_FALSE(cookies.device_of("no cookie", "account-1").has_value());
  EXPECT_FALSE(DeviceCookies(std::string(32, 'q')).device_of(cookie, "account-1").has_value());
}

}  // namespace
}  // namespace bordero::auth
