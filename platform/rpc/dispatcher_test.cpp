#include "platform/rpc/dispatcher.hpp"

#include <gtest/gtest.h>

#include "platform/rpc/rpc_fixture.hpp"

namespace bordero::rpc {
namespace {

crm::v1::CreateDealRequest create_deal() {
  crm::v1::CreateDealRequest request;
  request.set_client_id(Uuid::v7().str());
  request.set_title("КАСКО");
  return request;
}

TEST(Dispatch, AHandlerKnowsWhoAsksAndUntilWhen) {
  Bench bench;

  const auto reply =
      bench.dispatch(bench.envelope("GetDeal", bench.token_for(Role::agent)), get_deal());

  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(bench.deals.seen.caller.user_id, bench.user_id);
  EXPECT_EQ(bench.deals.seen.caller.role, Role::agent);
  EXPECT_EQ(bench.deals.seen.caller.epoch, 7);
  EXPECT_GT(bench.deals.seen.time_left().count(), 9'000);
  EXPECT_EQ(bench.deals.seen.trace.trace_id.size(), 32u);
}

TEST(Dispatch, WithoutIdentityNobodyIsSignedIn) {
  Bench bench;

  const auto reply = bench.dispatch(bench.envelope("GetDeal", ""), get_deal());

  EXPECT_EQ(reply.error().kind, ErrorKind::unauthenticated);
}

TEST(Dispatch, AForgedOrExpiredTokenIsRefused) {
  Bench bench;
  std::string forged = bench.token_for(Role::agent);
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';

  const auto first = bench.dispatch(bench.envelope("GetDeal", forged), get_deal());
  const auto second =
      bench.dispatch(bench.envelope("GetDeal", bench.token_for(Role::agent, -60)), get_deal());

  EXPECT_EQ(first.error().kind, ErrorKind::unauthenticated);
  EXPECT_EQ(second.error().reason, "identity_expired");
}

TEST(Dispatch, KeysAreFetchedOnceAndTokensVerifiedOnce) {
  Bench bench;
  const auto envelope = bench.envelope("GetDeal", bench.token_for(Role::head));

  for (int i = 0; i < 5; ++i) ASSERT_TRUE(bench.dispatch(envelope, get_deal()).ok());

  EXPECT_EQ(bench.fetches, 1);
}

TEST(Dispatch, ARoleThatMayNeverIsForbidden) {
  Bench bench;

  const auto reply =
      bench.dispatch(bench.envelope("CreateDeal", bench.token_for(Role::head)), create_deal());

  EXPECT_EQ(reply.error().kind, ErrorKind::forbidden);
  EXPECT_EQ(reply.error().reason, "role_not_allowed");
}

TEST(Dispatch, EveryFieldThatBreaksARuleIsNamed) {
  Bench bench;
  crm::v1::CreateDealRequest request;
  request.set_client_id("42");
  request.set_title(std::string(201, 'x'));
  request.set_start_date("2026-02-30");
  request.add_objects()->set_power_hp(-1);

  const auto reply =
      bench.dispatch(bench.envelope("CreateDeal", bench.token_for(Role::agent)), request);

  ASSERT_EQ(reply.error().kind, ErrorKind::invalid);
  std::map<std::string, std::string> faults;
  for (const auto& field : reply.error().fields) faults[field.field] = field.code;
  EXPECT_EQ(faults["client_id"], "not_a_uuid");
  EXPECT_EQ(faults["title"], "too_long");
  EXPECT_EQ(faults["start_date"], "not_a_date");
  EXPECT_EQ(faults["objects[0].kind"], "required");
  EXPECT_EQ(faults["objects[0].power_hp"], "out_of_range");
}

TEST(Dispatch, InternalMethodsAreForTheServicesThatTheyName) {
  Bench bench;
  common::v1::CheckAccessRequest request;
  request.set_entity_type("deal");
  request.set_entity_id(Uuid::v7().str());

  auto envelope = bench.envelope("CheckAccess", bench.token_for(Role::agent));
  const auto refused = bench.dispatch(envelope, request);
  envelope.caller_service = "audit";
  const auto allowed = bench.dispatch(envelope, request);

  EXPECT_EQ(refused.error().reason, "service_not_allowed");
  EXPECT_TRUE(allowed.ok());
}

TEST(Dispatch, SerializationFailuresAreRepeatedThreeTimes) {
  Bench bench;
  int tries = 0;
  bench.deals.failure = [&] {
    if (++tries < 4) throw pg::SqlError("40001", "", "could not serialize");
  };
  const auto envelope = bench.envelope("GetDeal", bench.token_for(Role::agent));

  EXPECT_TRUE(bench.dispatch(envelope, get_deal()).ok());
  EXPECT_EQ(tries, 4);

  tries = -10;
  EXPECT_EQ(bench.dispatch(envelope, get_deal()).error().kind, ErrorKind::unavailable);
}

TEST(Dispatch, ExceptionsBecomeStatusesWithoutInternals) {
  Bench bench;
  const auto envelope = bench.envelope("GetDeal", bench.token_for(Role::agent));

  bench.deals.failure = [] { throw pg::SqlError("23505", "deals_number_unique", "secret"); };
  const auto constraint = bench.dispatch(envelope, get_deal());
  bench.deals.failure = [] { throw pg::OutcomeUnknown("lost"); };
  const auto unknown = bench.dispatch(envelope, get_deal());
  bench.deals.failure = [] { ensure(false, "impossible"); };
  const auto bug = bench.dispatch(envelope, get_deal());

  EXPECT_EQ(constraint.error().kind, ErrorKind::refused);
  EXPECT_EQ(constraint.error().reason, "deals_number_unique");
  EXPECT_TRUE(constraint.error().detail.empty());
  EXPECT_EQ(unknown.error().reason, "outcome_unknown");
  EXPECT_EQ(bug.error().kind, ErrorKind::internal);
}

TEST(Dispatch, AKeptAnswerIsGivenAgainOnlyToThoseWhoMaySeeIt) {
  Bench bench;
  bool visible = true;
  bench.dispatcher.on_replay(
      "bordero.crm.v1.DealService/CreateDeal",
      [&](Context&, const Message&, const Message&) -> awaitable<Result<void>> {
        if (!visible) co_return not_found("deal_not_found");
        co_return Result<void>();
      });
  crm::v1::Deal kept;
  kept.set_id("kept");
  bench.deals.kept = kept.SerializeAsString();
  auto envelope = bench.envelope("CreateDeal", bench.token_for(Role::agent));
  envelope.idempotency_key = "once";

  auto first = bench.dispatch(envelope, create_deal());
  visible = false;
  const auto second = bench.dispatch(envelope, create_deal());

  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->replayed);
  EXPECT_EQ(static_cast<crm::v1::Deal&>(*first->message).id(), "kept");
  EXPECT_EQ(bench.deals.seen.idempotency_key, "once");
  EXPECT_EQ(bench.deals.seen.request_digest.size(), 64u);
  EXPECT_EQ(second.error().kind, ErrorKind::not_found);
}

TEST(Dispatch, AServiceWithoutAHandlerOrReplayCheckDoesNotStart) {
  Bench bench;

  EXPECT_THROW(bench.dispatcher.check("crm"), std::logic_error);
}

}  // namespace
}  // namespace bordero::rpc
