#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <future>

#include "platform/rpc/grpc_fixture.hpp"

namespace bordero::rpc {
namespace {

TEST(Grpc, ACallSaysTheSameAsADirectOne) {
  Wire wire;
  const auto request = get_deal();

  auto reply = wire.call(wire.envelope("GetDeal", wire.token_for(Role::agent)), request);

  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(static_cast<crm::v1::Deal&>(*reply->message).id(), request.deal_id());
  EXPECT_EQ(wire.deals.seen.caller.user_id, wire.user_id);
  EXPECT_EQ(wire.deals.seen.caller.service, "gateway");
}

TEST(Grpc, ErrorsKeepTheirReasonAndFields) {
  Wire wire;

  const auto reply =
      wire.call(wire.envelope("GetDeal", wire.token_for(Role::agent)), crm::v1::GetDealRequest());

  EXPECT_EQ(reply.error().kind, ErrorKind::invalid);
  ASSERT_EQ(reply.error().fields.size(), 1u);
  EXPECT_EQ(reply.error().fields[0].field, "deal_id");
}

TEST(Grpc, DeadlineAndTraceTravel) {
  Wire wire;
  auto envelope = wire.envelope("GetDeal", wire.token_for(Role::agent));
  envelope.time_left = std::chrono::milliseconds(900);
  envelope.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  ASSERT_TRUE(wire.call(envelope, get_deal()).ok());

  EXPECT_LE(wire.deals.seen.time_left().count(), 900);
  EXPECT_EQ(wire.deals.seen.trace.trace_id, "0af7651916cd43dd8448eb211c80319c");
}

TEST(Grpc, AnUnknownMethodAndADeadServerAreAnswers) {
  Wire wire;

  const auto unknown = wire.call(wire.envelope("FlyDeal", ""), get_deal());
  wire.server->stop(std::chrono::steady_clock::now());
  auto envelope = wire.envelope("GetDeal", wire.token_for(Role::agent));
  envelope.time_left = std::chrono::milliseconds(500);
  const auto dead = wire.call(envelope, get_deal());

  EXPECT_FALSE(unknown.ok());
  EXPECT_EQ(dead.error().kind, ErrorKind::unavailable);
}

TEST(Grpc, StoppingWaitsForNoHandler) {
  Wire wire;
  asio::steady_timer never(wire.io, std::chrono::hours(1));
  wire.deals.until = &never;
  auto answer = std::async(std::launch::async, [&wire] {
    return wire.call(wire.envelope("GetDeal", wire.token_for(Role::agent)), get_deal());
  });
  while (!wire.deals.entered) std::this_thread::yield();

  wire.server->stop(std::chrono::steady_clock::now());

  EXPECT_FALSE(wire.deals.left);
  EXPECT_EQ(answer.get().error().kind, ErrorKind::unavailable);
  asio::post(wire.io, [&never] { never.cancel(); });
}

}  // namespace
}  // namespace bordero::rpc
