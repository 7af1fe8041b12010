#include "platform/rpc/dispatcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/policy/policy.hpp"
#include "platform/rpc/rpc_fixture.hpp"

namespace bordero::rpc {
namespace {

crm::v1::CreateDealRequest create_deal() {
  crm::v1::CreateDealRequest request;
  request.set_client_id(Uuid::v7().str());
  request.set_title("КАСКО");
  return request;
}

crm::v1::BatchDealsRequest batch_deals() {
  crm::v1::BatchDealsRequest request;
  request.add_items()->set_id(Uuid::v7().str());
  return request;
}

struct FakeBatch {
  awaitable<Result<crm::v1::BatchDealsReply>> change(Context&, const crm::v1::BatchDealsRequest&) {
    co_return Error{.kind = ErrorKind::replayed, .kept_answer = kept};
  }
  awaitable<Result<void>> visible(Context&, std::vector<std::string> ids) {
    asked.insert(asked.end(), ids.begin(), ids.end());
    if (std::find(ids.begin(), ids.end(), "hidden") != ids.end()) co_return not_found("hidden");
    co_return Result<void>();
  }
  static auto handlers() { return std::tuple(&FakeBatch::change); }

  std::string kept;
  std::vector<std::string> asked;
};

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
  envelope.identity_token.clear();
  const auto without_user = bench.dispatch(envelope, request);

  EXPECT_EQ(refused.error().reason, "service_not_allowed");
  EXPECT_TRUE(allowed.ok());
  EXPECT_EQ(without_user.error().reason, "not_signed_in");
}

TEST(Dispatch, RoutesAreForTheGatewayAndTheServicesThatTheyName) {
  Bench bench;
  auto envelope = bench.envelope("GetDeal", bench.token_for(Role::head));

  std::map<std::string, std::string> refusals;
  for (const char* service : {"gateway", "tasks", "audit", "payments", "", "crm"}) {
    envelope.caller_service = service;
    const auto reply = bench.dispatch(envelope, get_deal());
    refusals[service] = reply.ok() ? "" : reply.error().reason;
  }
  envelope.caller_service = "tasks";
  envelope.identity_token.clear();

  EXPECT_EQ(refusals["gateway"], "");
  EXPECT_EQ(refusals["tasks"], "");
  for (const char* service : {"audit", "payments", "", "crm"}) {
    EXPECT_EQ(refusals[service], "service_not_allowed") << service;
  }
  EXPECT_EQ(bench.dispatch(envelope, get_deal()).error().reason, "not_signed_in");
}

TEST(Dispatch, AServiceInItsOwnNameMayDoWhatTheContractGivesIt) {
  Bench bench;
  auto envelope = bench.envelope("ExportDeals", "");
  envelope.caller_service = "tasks";

  ASSERT_TRUE(bench.dispatch(envelope, crm::v1::ExportDealsRequest()).ok());

  const Caller& caller = bench.deals.seen.caller;
  EXPECT_EQ(caller.role, Role::service);
  EXPECT_EQ(caller.actor(), "system:service_tasks");
  EXPECT_TRUE(caller.powers.empty());
  EXPECT_FALSE(policy::may(caller, "deals.read"));
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
  crm::v1::Deal kept;
  kept.set_id("kept");
  bench.deals.kept = kept.SerializeAsString();
  auto envelope = bench.envelope("CreateDeal", bench.token_for(Role::agent));
  envelope.idempotency_key = "once";

  auto first = bench.dispatch(envelope, create_deal());
  bench.deals.visible = false;
  const auto second = bench.dispatch(envelope, create_deal());

  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(first->replayed);
  EXPECT_EQ(static_cast<crm::v1::Deal&>(*first->message).id(), "kept");
  EXPECT_EQ(bench.deals.asked_for, "kept");
  EXPECT_EQ(bench.deals.seen.idempotency_key, "once");
  EXPECT_EQ(bench.deals.seen.request_digest.size(), 64u);
  EXPECT_EQ(second.error().kind, ErrorKind::not_found);
}

// Batches: what was refused shows nothing; all the rest must be seen.
TEST(Dispatch, AKeptListIsGivenAgainWhileAllOfItMayBeSeen) {
  Bench bench;
  FakeBatch batch;
  bench.dispatcher.of("crm").add(batch).shows<crm::v1::BatchDealsReply>("results.id", batch,
                                                                        &FakeBatch::visible);
  crm::v1::BatchDealsReply kept;
  for (const char* id : {"a", "hidden", "b"}) {
    auto* result = kept.add_results();
    result->set_id(id);
    result->set_ok(result->id() != "hidden");
  }
  batch.kept = kept.SerializeAsString();
  const auto envelope = bench.envelope("BatchDeals", bench.token_for(Role::agent));

  const auto first = bench.dispatch(envelope, batch_deals());
  kept.mutable_results(1)->set_ok(true);
  batch.kept = kept.SerializeAsString();
  const auto second = bench.dispatch(envelope, batch_deals());

  ASSERT_TRUE(first.ok()) << first.error().reason;
  EXPECT_EQ(batch.asked, (std::vector<std::string>{"a", "b", "a", "hidden", "b"}));
  EXPECT_EQ(second.error().kind, ErrorKind::not_found);
}

TEST(Dispatch, AHandlerThatAnswersNoRpcOfItsServiceDoesNotStart) {
  Bench bench;

  EXPECT_THROW(bench.dispatcher.of("tasks").add(bench.deals), std::logic_error);
  EXPECT_THROW(bench.dispatcher.of("crm").add(bench.deals), Impossible);
  EXPECT_THROW(bench.dispatcher.of("crm").shows<crm::v1::Deal>("deal_id", bench.deals,
                                                               &FakeDeals::still_visible),
               std::logic_error);
}

TEST(Dispatch, AServiceWithoutAHandlerOrReplayCheckDoesNotStart) {
  Bench bench;

  EXPECT_THROW(bench.dispatcher.check("crm"), std::logic_error);
}

}  // namespace
}  // namespace bordero::rpc
