#include "platform/redis/link.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/base/env.hpp"
#include "platform/testing/authority.hpp"
#include "platform/testing/tls_stores.hpp"

namespace bordero::redis {
namespace {

using testing::address_in;
using testing::files_of;
using testing::TlsInUse;

// What PING is answered over a link of its own; "unreachable" when there is none.
std::string ping(const std::string& address) {
  asio::io_context io;
  std::string said = "unreachable";
  auto ask = [&]() -> awaitable<void> {
    const Url url = Url::parse(address);
    const auto link = std::make_shared<Link>(io.get_executor());
    if (!co_await link->connect(url, std::chrono::seconds(5))) co_return;
    std::vector<std::vector<std::string>> words;
    words.push_back({"AUTH", url.user, url.password});
    words.push_back({"PING"});
    const auto batch = link->send(words);
    batch->answered.expires_after(std::chrono::seconds(5));
    boost::system::error_code ended;
    co_await batch->answered.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    said = batch->replies.back().text;
    link->close();
  };
  asio::co_spawn(io, ask, asio::detached);
  io.run();
  return said;
}

TEST(Link, TalksOverTls) {
  const TlsInUse in_use(files_of("operator"));

  EXPECT_EQ(ping(address_in("BORDERO_TEST_REDIS_TLS")), "PONG");
}

TEST(Link, TalksThroughASocketOfThisMachine) {
  EXPECT_EQ(ping(address_in("BORDERO_TEST_REDIS_LOCAL")), "PONG");
}

TEST(Link, AStoreOfAnotherAuthorityIsNotTalkedTo) {
  testing::Authority other;
  const TlsInUse in_use(other.issue("operator"));

  EXPECT_EQ(ping(address_in("BORDERO_TEST_REDIS_TLS")), "unreachable");
}

TEST(Link, APlainAddressIsRefusedWhileTlsIsInUse) {
  const TlsInUse in_use(files_of("operator"));
  asio::io_context io;

  EXPECT_THROW(Client(io.get_executor(), address_in("BORDERO_TEST_REDIS")), env::BadSetting);
  EXPECT_NO_THROW(Client(io.get_executor(), address_in("BORDERO_TEST_REDIS_LOCAL")));
}

}  // namespace
}  // namespace bordero::redis
