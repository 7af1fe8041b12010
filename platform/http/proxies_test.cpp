#include "platform/http/proxies.hpp"

#include <gtest/gtest.h>

#include "platform/base/env.hpp"
#include "platform/http/server_fixture.hpp"

namespace bordero::httpd {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kInside = "10.0.0.0/8, fd00::/8, 192.0.2.1";

Origin from(const std::string& peer, Headers headers,
            ForwardedBy header = ForwardedBy::x_forwarded_for) {
  Request request;
  request.headers = std::move(headers);
  return origin_of(request, {.address = peer, .secure = {}}, Networks(kInside), header);
}
std::string address(const std::string& peer, Headers headers,
                    ForwardedBy header = ForwardedBy::x_forwarded_for) {
  return from(peer, std::move(headers), header).address;
}

TEST(Networks, AreReadStrictly) {
  const Networks networks(kInside);
  for (const char* inside : {"10.1.2.3", "10.255.255.255", "fd12::1", "192.0.2.1"}) {
    EXPECT_TRUE(networks.contains(inside)) << inside;
  }
  for (const char* outside : {"11.0.0.1", "192.0.2.2", "fe80::1", "::1", "garbage", ""}) {
    EXPECT_FALSE(networks.contains(outside)) << outside;
  }
  EXPECT_TRUE(networks.contains("::ffff:10.1.2.3")) << "IPv4 that came over an IPv6 socket";
  EXPECT_TRUE(Networks("0.0.0.0/0").contains("203.0.113.9"));
  EXPECT_TRUE(Networks("").empty());
  for (const char* wrong :
       {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "proxy.local", "10.0.0.0/8/8"}) {
    EXPECT_THROW(Networks{wrong}, env::BadSetting) << wrong;
  }
}

TEST(Forwarded, HeadersOfStrangersChangeNothing) {
  const Headers forged = {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-proto", "https"}};

  EXPECT_EQ(address("198.51.100.7", forged), "198.51.100.7");
  EXPECT_FALSE(from("198.51.100.7", forged).secure.has_value());
}

TEST(Forwarded, TheLastAddressThatNoTrustedHopHasIsTheClients) {
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}}), "203.0.113.9");
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "203.0.113.9, 10.0.0.2,10.0.0.3"}}),
            "203.0.113.9");
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.0.0.2"}}),
            "203.0.113.9")
      << "the client wrote 1.1.1.1";
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "1.1.1.1"}, {"x-forwarded-for", "9.9.9.9"}}),
            "9.9.9.9")
      << "lines are one list";
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "10.0.0.9, 10.0.0.2"}}), "10.0.0.9")
      << "everybody is inside";
  EXPECT_EQ(address("10.0.0.1", {}), "10.0.0.1");
}

TEST(Forwarded, PortsBracketsAndBothFamiliesAreUnderstood) {
  const auto one = [](const char* text) {
    return address("10.0.0.1", {{"x-forwarded-for", text}});
  };
  EXPECT_EQ(one("203.0.113.9:51000"), "203.0.113.9");
  EXPECT_EQ(one("2001:db8::7"), "2001:db8::7");
  EXPECT_EQ(one("[2001:db8::7]"), "2001:db8::7");
  EXPECT_EQ(one("[2001:DB8:0::7]:443"), "2001:db8::7");
  EXPECT_EQ(one("::ffff:203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(one("  203.0.113.9\t"), "203.0.113.9");
}

TEST(Forwarded, GarbageEndsTheWay) {
  for (const char* garbage :
       {"unknown", "", ",,,", "_hidden", "203.0.113.9:99999999", "[2001:db8::7", "1.2.3", "a b",
        "203.0.113.9:port", "<script>", "fe80::1%eth0", "[]:1", "127.0.0.1\x01"}) {
    EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", garbage}}), "10.0.0.1") << garbage;
  }
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", "203.0.113.9, garbage, 10.0.0.2"}}),
            "10.0.0.2")
      << "what stands before it is nobody's word";
  EXPECT_EQ(address("10.0.0.1", {{"x-forwarded-for", std::string(20'000, '1')}}), "10.0.0.1");
}

TEST(Forwarded, TheStandardHeaderSaysTheSameAndOnlyOneIsBelieved) {
  const auto standard = ForwardedBy::forwarded;
  const auto one = [&](const char* text) {
    return address("10.0.0.1", {{"forwarded", text}, {"x-forwarded-for", "6.6.6.6"}}, standard);
  };
  EXPECT_EQ(one("for=203.0.113.9;proto=https;by=10.0.0.1"), "203.0.113.9");
  EXPECT_EQ(one("For=\"[2001:db8::7]:4711\""), "2001:db8::7");
  EXPECT_EQ(one("for=1.1.1.1, for=203.0.113.9 , for=10.0.0.3"), "203.0.113.9");
  EXPECT_EQ(one("proto=https"), "10.0.0.1");
  EXPECT_EQ(one("for=_secret"), "10.0.0.1");
  EXPECT_EQ(one("for="), "10.0.0.1");
  EXPECT_EQ(address("10.0.0.1", {{"forwarded", "for=6.6.6.6"}}), "10.0.0.1")
      << "a proxy that sets the other passes this one on as the client wrote it";
}

TEST(Forwarded, WhetherTheClientCameByTls) {
  const auto proto = [](const char* text) {
    return from("10.0.0.1", {{"x-forwarded-for", "203.0.113.9"}, {"x-forwarded-proto", text}})
        .secure;
  };
  EXPECT_EQ(proto("https"), true);
  EXPECT_EQ(proto("HTTP"), false);
  EXPECT_EQ(proto("https, http"), false) << "the nearest hop has the last word";
  EXPECT_EQ(proto("gopher"), std::nullopt);
  EXPECT_EQ(from("10.0.0.1", {{"forwarded", "for=203.0.113.9;proto=https"}}, ForwardedBy::forwarded)
                .secure,
            true);
}

std::string proxy_header(unsigned char command, unsigned char family, const std::string& rest) {
  std::string header("\r\n\r\n\0\r\nQUIT\n", 12);
  header += static_cast<char>(0x20 | command);
  header += static_cast<char>(family);
  header += static_cast<char>(rest.size() >> 8);
  header += static_cast<char>(rest.size() & 255);
  return header + rest;
}
const std::string kFrom4 = std::string("\xCB\x00\x71\x09\x0A\x00\x00\x01\xC8\x00\x01\xBB", 12);
const std::string kTls = std::string("\x20\x00\x05\x01\x00\x00\x00\x00", 8);

TEST(ProxyProtocol, TellsTheClientsAddress) {
  const ProxyHeader read = read_proxy_header(proxy_header(1, 0x11, kFrom4) + "GET /");

  EXPECT_EQ(read.state, ProxyHeader::State::complete);
  EXPECT_EQ(read.size, 28u);
  EXPECT_EQ(read.address, "203.0.113.9");
  EXPECT_FALSE(read.secure.has_value());
  EXPECT_EQ(read_proxy_header(proxy_header(1, 0x11, kFrom4 + kTls)).secure, true);
  const std::string from6 = "\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x07" +
                            std::string(16, '\0') + std::string("\xC8\x00\x01\xBB", 4);
  EXPECT_EQ(read_proxy_header(proxy_header(1, 0x21, from6)).address, "2001:db8::7");
  EXPECT_EQ(read_proxy_header(proxy_header(0, 0x00, "")).address, "") << "a health check";
}

TEST(ProxyProtocol, IsReadStrictlyAndInPieces) {
  const std::string whole = proxy_header(1, 0x11, kFrom4 + kTls);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(read_proxy_header(whole.substr(0, size)).state, ProxyHeader::State::incomplete);
  }
  for (const std::string& wrong :
       {std::string("GET / HTTP/1.1\r\n"), std::string("PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n"),
        proxy_header(2, 0x11, kFrom4), proxy_header(1, 0x31, kFrom4), proxy_header(1, 0x11, "abc"),
        proxy_header(1, 0x11, std::string(5'000, 'x'))}) {
    EXPECT_EQ(read_proxy_header(wrong).state, ProxyHeader::State::bad) << wrong;
  }
}

// What a handler sees of a request over a real connection from 127.0.0.1.
awaitable<Reply> tell_origin(Request request) {
  Reply reply;
  reply.response.body = request.address + (request.secure ? " told" : " untold");
  co_return reply;
}
std::string ask(const Proxies& proxies, const std::string& bytes, Limits limits = {}) {
  const LiveServer live(limits, tell_origin, proxies);
  RawClient client(live.port());
  client.send(bytes);
  return client.read_all();
}
const std::string kGet =
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.7\r\n"
    "X-Forwarded-Proto: http\r\n\r\n";

TEST(Server, BelievesConfiguredHopsOnly) {
  const std::string strange = ask({.networks = "10.0.0.0/8"}, kGet);
  const std::string believed = ask({.networks = "127.0.0.0/8"}, kGet);

  EXPECT_TRUE(strange.ends_with("127.0.0.1 untold")) << strange;
  EXPECT_NE(strange.find("Strict-Transport-Security"), std::string::npos);
  EXPECT_TRUE(believed.ends_with("203.0.113.7 told")) << believed;
  EXPECT_EQ(believed.find("Strict-Transport-Security"), std::string::npos)
      << "not to who came without TLS";
}

TEST(Server, ReadsProxyProtocolOfConfiguredHopsOnly) {
  const std::string plain = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const std::string proxied = proxy_header(1, 0x11, kFrom4 + kTls) + plain;
  const Proxies hop{.networks = "127.0.0.1", .proxy_protocol = true};

  EXPECT_TRUE(ask(hop, proxied).ends_with("203.0.113.9 told"));
  EXPECT_EQ(ask(hop, plain), "") << "a hop that does not introduce itself";
  EXPECT_TRUE(
      ask({.networks = "10.0.0.1", .proxy_protocol = true}, plain).ends_with("127.0.0.1 untold"));
  EXPECT_NE(ask({.networks = "10.0.0.1", .proxy_protocol = true}, proxied).find(" 400 "),
            std::string::npos)
      << "a stranger's introduction is no request";
}

TEST(Server, ManyConnectionsOfAProxyAreNotOneClients) {
  Limits limits;
  limits.connections_per_address = 1;
  const LiveServer strict(limits, tell_origin);
  RawClient held(strict.port());
  held.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  held.read_to("untold");
  EXPECT_NE(RawClient(strict.port()).read_all().find(" 503 "), std::string::npos);

  const LiveServer behind(limits, tell_origin, {.networks = "127.0.0.1", .proxy_protocol = true});
  const std::string keep = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  RawClient first(behind.port());
  first.send(proxy_header(1, 0x11, kFrom4) + keep);
  EXPECT_NE(first.read_to("untold").find(" 200 "), std::string::npos);
  RawClient second(behind.port());
  second.send(proxy_header(1, 0x11, kFrom4) + keep);
  EXPECT_NE(second.read_all().find(" 503 "), std::string::npos) << "the same client again";
  std::string other = kFrom4;
  other[3] = '\x0A';
  RawClient third(behind.port());
  third.send(proxy_header(1, 0x11, other) + keep);
  EXPECT_NE(third.read_to("untold").find(" 200 "), std::string::npos);
}

}  // namespace
}  // namespace bordero::httpd
