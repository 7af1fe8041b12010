#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/rpc/rpc_fixture.hpp"

namespace bordero::rpc {
namespace {

// A ring whose keys come when they are let, to many who wait.
class SlowKeys : public Bench {
 public:
  std::vector<AnyReply> ask_at_once(int count, const std::string& token) {
    std::vector<std::future<void>> done;
    std::vector<std::optional<AnyReply>> replies(static_cast<std::size_t>(count));
    for (auto& reply : replies) {
      auto ask = [this, &reply, token]() -> awaitable<void> {
        const auto sent = envelope("GetDeal", token);
        const auto request = get_deal();
        reply = co_await slow.dispatch(sent, request);
      };
      done.push_back(asio::co_spawn(io, ask, asio::use_future));
    }
    asio::post(io, [this] { come.cancel(); });  // After all of them have asked.
    for (auto& one : done) one.get();
    std::vector<AnyReply> all;
    for (auto& reply : replies) all.push_back(std::move(*reply));
    return all;
  }

  bool down = false;
  int asked = 0;
  asio::steady_timer come{io, std::chrono::steady_clock::time_point::max()};
  KeyRing ring{[this]() -> awaitable<Result<std::vector<PublicKey>>> {
    ++asked;
    boost::system::error_code ended;
    co_await come.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (down) co_return unavailable("auth_is_down");
    std::vector<PublicKey> all;
    all.push_back({"k1", public_key});
    co_return all;
  }};
  Dispatcher slow{ring};
};

TEST(KeyRing, AllWhoMeetANewKeyWaitForOneFetch) {
  SlowKeys bench;
  bench.slow.of("crm").add(bench.deals);

  const auto replies = bench.ask_at_once(20, bench.token_for(Role::head));

  for (const auto& reply : replies) EXPECT_TRUE(reply.ok()) << reply.error().reason;
  EXPECT_EQ(bench.asked, 1);
}

TEST(KeyRing, AFetchThatFailedIsNoReasonToWait) {
  SlowKeys bench;
  bench.slow.of("crm").add(bench.deals);
  bench.down = true;

  const auto while_down = bench.ask_at_once(5, bench.token_for(Role::head));
  bench.down = false;
  const auto after = bench.ask_at_once(5, bench.token_for(Role::head));

  for (const auto& reply : while_down) EXPECT_EQ(reply.error().kind, ErrorKind::unavailable);
  for (const auto& reply : after) EXPECT_TRUE(reply.ok()) << reply.error().reason;
  EXPECT_EQ(bench.asked, 2);
}

}  // namespace
}  // namespace bordero::rpc
