#include <atomic>

#include "platform/base/env.hpp"
#include "platform/https/address_rule.hpp"
#include "platform/https/https_fixture.hpp"
#include "platform/https/misbehaviours.hpp"

namespace bordero::https {
namespace {

TEST(AddressRule, TellsThePublicInternetFromTheRest) {
  for (const char* const address :
       {"1.1.1.1",      "8.8.8.8",     "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",  "126.0.0.1",   "128.0.0.0",       "149.154.167.220", "169.253.255.255",
        "169.255.0.0",  "172.15.0.1",  "172.32.0.0",      "192.167.255.255", "192.169.0.0",
        "198.17.0.1",   "198.20.0.0",  "203.0.112.255",   "223.255.255.255", "2a00:1450:4010::5f",
        "2606:4700::1", "2001:200::1", "2001:4860::8888", "2003::1"}) {
    EXPECT_TRUE(is_public(asio::ip::make_address(address))) << address;
  }
  for (const char* const address : {"0.0.0.0",
                                    "0.1.2.3",
                                    "10.0.0.1",
                                    "10.255.255.255",
                                    "100.64.0.0",
                                    "100.100.100.200",
                                    "100.127.255.255",
                                    "127.0.0.1",
                                    "127.255.255.255",
                                    "168.63.129.16",
                                    "169.254.0.1",
                                    "169.254.169.254",
                                    "172.16.0.0",
                                    "172.31.255.255",
                                    "192.0.0.8",
                                    "192.0.2.1",
                                    "192.88.99.1",
                                    "192.168.0.1",
                                    "192.168.255.255",
                                    "198.18.0.1",
                                    "198.19.255.255",
                                    "198.51.100.1",
                                    "203.0.113.1",
                                    "224.0.0.1",
                                    "239.255.255.250",
                                    "240.0.0.1",
                                    "255.255.255.255",
                                    "::",
                                    "::1",
                                    "::127.0.0.1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:8.8.8.8",
                                    "::ffff:0:8.8.8.8",
                                    "64:ff9b::8.8.8.8",
                                    "64:ff9b::10.0.0.1",
                                    "64:ff9b:1::1",
                                    "100::1",
                                    "2001::1",
                                    "2001:0:4136:e378::1",
                                    "2001:1ff::1",
                                    "2001:db8::1",
                                    "2002:7f00:1::1",
                                    "2002:808:808::1",
                                    "2620:4f:8000::1",
                                    "3fff::1",
                                    "4000::1",
                                    "5f00::1",
                                    "fc00::1",
                                    "fd00:ec2::254",
                                    "fe80::1",
                                    "fec0::1",
                                    "ff02::1"}) {
    EXPECT_FALSE(is_public(asio::ip::make_address(address))) << address;
  }
}

TEST(AddressRule, NetworksOfTheOperatorAreAllowedToo) {
  const AddressRule rule({"10.20.0.0/16", "fd12:3456::/32"});

  EXPECT_TRUE(rule.allows(asio::ip::make_address("10.20.255.1")));
  EXPECT_TRUE(rule.allows(asio::ip::make_address("fd12:3456::1")));
  EXPECT_TRUE(rule.allows(asio::ip::make_address("1.1.1.1")));
  EXPECT_FALSE(rule.allows(asio::ip::make_address("10.21.0.1")));
  EXPECT_FALSE(rule.allows(asio::ip::make_address("::ffff:10.20.0.1")));
  EXPECT_FALSE(rule.allows(asio::ip::make_address("fd12:3457::1")));
}

TEST(AddressRule, ANetworkThatIsNoneStopsTheStart) {
  for (const char* const text :
       {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/x", "local/8", "::/129"}) {
    EXPECT_THROW(AddressRule({text}), env::BadSetting) << text;
  }
}

class UserAddressTest : public HttpsTest {
 protected:
  void serve_well() {
    serve(ca_.issue("127.0.0.1"),
          [](Peer& peer) { return misbehaviours::says(peer, answer_text(200, "inside")); });
  }
  Request given(std::string address) const {
    return {.call = "test.user", .url = std::move(address), .given_by_user = true};
  }
  std::string port() const { return std::to_string(server_->port()); }
};

TEST_F(UserAddressTest, NoSpellingOfAPrivateAddressIsConnectedTo) {
  serve_well();
  options_.resolve.push_back("inside.example:" + port() + ":127.0.0.1");
  options_.resolve.push_back("mixed.example:" + port() + ":127.0.0.1,10.0.0.1");

  for (const char* const host :
       {"127.0.0.1", "127.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "localhost",
        "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "0.0.0.0", "inside.example",
        "mixed.example"}) {
    const auto answer = send(given("https://" + std::string(host) + ":" + port() + "/"));

    EXPECT_EQ(reason(answer), "address_not_allowed") << host;
  }
  EXPECT_EQ(server_->connections(), 0);
}

TEST_F(UserAddressTest, OnlyPlainHttpsAddressesAreTaken) {
  serve_well();
  options_.user_networks = {"127.0.0.0/8"};

  const std::string local = "127.0.0.1:" + port();
  const std::vector<std::string> addresses = {"http://" + local + "/",
                                              "ftp://127.0.0.1/",
                                              "file:///etc/passwd",
                                              "https://user:word@" + local,
                                              "https://user@" + local,
                                              "https://" + local + "/\r\nHost: other",
                                              "127.0.0.1",
                                              "https://",
                                              ""};
  for (const std::string& address : addresses) {
    EXPECT_EQ(reason(send(given(address))), "address_not_allowed") << address;
  }
  EXPECT_EQ(server_->connections(), 0);
}

// The twin of the tests above: with the network allowed, the same call reaches the server.
TEST_F(UserAddressTest, AnAllowedNetworkIsReached) {
  serve_well();
  options_.user_networks = {"127.0.0.0/8"};

  EXPECT_EQ(send(given("https://127.0.0.1:" + port() + "/")).value().body, "inside");
}

TEST_F(UserAddressTest, AConnectionOfOursIsNotUsedForAnAddressOfAUser) {
  serve(ca_.issue("127.0.0.1"), [](Peer& peer) -> awaitable<void> {
    for (;;) {
      const std::string request = co_await peer.read_request();
      if (request.empty()) co_return;
      const std::string text = answer_text(200, "inside");
      co_await peer.write(text);
    }
  });
  Request ours = given("https://127.0.0.1:" + port() + "/");
  ours.given_by_user = false;

  EXPECT_EQ(reason(send(ours)), "answered 200");
  EXPECT_EQ(reason(send(given(ours.url))), "address_not_allowed");
}

TEST_F(UserAddressTest, AnswersAreShortQuickAndStayWhereTheyAre) {
  EXPECT_EQ(Options().user_limit, seconds(5));
  EXPECT_EQ(Options().user_max_answer, std::size_t{1} << 20);
  std::atomic<int> asked = 0;
  serve(ca_.issue("127.0.0.1"), [&asked](Peer& peer) -> awaitable<void> {
    const int turn = ++asked;
    const std::string long_answer = answer_text(200, std::string((1 << 20) + 1, 'x'));
    if (turn == 1) co_await misbehaviours::says(peer, long_answer);
    if (turn == 2) co_await misbehaviours::redirects(peer, "https://169.254.169.254/latest");
    co_await peer.gone();
  });
  options_.user_networks = {"127.0.0.1/32"};
  Request request = given("https://127.0.0.1:" + port() + "/");
  request.max_answer = 100 << 20;

  EXPECT_EQ(reason(send(request)), "remote_answer_too_large");
  EXPECT_EQ(reason(send(request)), "answered 302");
  client_.reset();
  options_.user_limit = milliseconds(300);
  EXPECT_EQ(reason(send(request)), "remote_too_slow");
}

}  // namespace
}  // namespace bordero::https
