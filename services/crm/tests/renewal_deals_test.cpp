#include "services/crm/tests/renewal_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RenewalDealTest : public RenewalOutlookTest {
 protected:
  static v1::OpenRenewalDealRequest asked_for(const v1::Policy& policy) {
    v1::OpenRenewalDealRequest request;
    request.set_policy_id(policy.id());
    return request;
  }
  Result<v1::Deal> open_deal(const Person& who, const v1::Policy& policy) {
    return call<v1::Deal>(who, "PolicyService/OpenRenewalDeal", asked_for(policy));
  }
  // Issued in the deal for the year after the policy.
  v1::Policy issued_in(const v1::Deal& deal, const v1::Policy& old, const std::string& number) {
    auto request = policy_request();
    request.set_deal_id(deal.id());
    request.set_number(number);
    const Date from = Date::parse(old.effective_to())->plus_days(1);
    request.set_effective_from(from.str());
    request.set_effective_to(from.plus_days(364).str());
    return must(create(agent_, request));
  }
  v1::Policy given_lapsed() {
    const auto old = given_ending(agent_, deal_, -3, "КСК-1");
    v1::ClosePolicyRequest request;
    request.set_policy_id(old.id());
    request.set_version(old.version());
    request.set_reason("Не продлён");
    return must(close(agent_, request));
  }
};

TEST_F(RenewalDealTest, OneClickMakesADealOfThePolicyAndOnlyOne) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  must(add_member(agent_, deal_.id(), executor_, v1::MEMBER_FUNCTION_EXECUTOR));

  const auto deal = must(open_deal(agent_, old));

  EXPECT_EQ(deal.status(), v1::DEAL_STATUS_DRAFT);
  EXPECT_EQ(deal.client_id(), deal_.client_id());
  EXPECT_EQ(deal.title(), deal_.title());
  EXPECT_EQ(deal.lead_agent_id(), agent_.id);
  EXPECT_EQ(deal.executor_id(), executor_.id);
  EXPECT_EQ(deal.renews_policy_id(), old.id());
  EXPECT_EQ(deal.expected_close_date(), old.effective_to());
  EXPECT_EQ(now(old).renewal_deal_id(), deal.id());
  EXPECT_EQ(list(agent_).policies(0).renewal_deal_number(), deal.number());
  EXPECT_THAT(timeline(), HasSubstr("renewal_deal_opened"));
  EXPECT_EQ(open_deal(agent_, old).error().reason, "renewal_deal_exists");
  EXPECT_EQ(renew(agent_, old.id()).error().reason, "renewal_deal_exists");
  EXPECT_EQ(database_.value("SELECT count(*) FROM deals"), "2");
}

TEST_F(RenewalDealTest, WhoLooksAtThePolicyIsToldOfItsDeal) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  must(add_member(agent_, deal_.id(), colleague_));
  const auto deal_told = [&](const std::string& image) {
    return database_.value("SELECT coalesce(body::jsonb->'" + image +
                           "'->>'renewal_deal_number', '') FROM outbox "
                           "WHERE type = 'crm.policy.updated' ORDER BY seq DESC LIMIT 1");
  };

  const auto deal = must(open_deal(agent_, old));

  EXPECT_EQ(events("crm.policy.updated"), 1);
  EXPECT_THAT(deal_told("before"), IsEmpty());
  EXPECT_EQ(deal_told("after"), deal.number());
  EXPECT_EQ(now(old).version(), old.version() + 1);
  EXPECT_THAT(timeline(), ::testing::Not(HasSubstr("policy_updated")));

  must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "Клиент отказался")));

  EXPECT_EQ(events("crm.policy.updated"), 2);
  EXPECT_EQ(deal_told("before"), deal.number());
  EXPECT_THAT(deal_told("after"), IsEmpty());
  EXPECT_THAT(now(old).renewal_deal_id(), IsEmpty());
  EXPECT_EQ(now(old).version(), old.version() + 2);
}

TEST_F(RenewalDealTest, ARefusedDealTellsNothing) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  must(open_deal(agent_, old));

  EXPECT_FALSE(open_deal(agent_, old).ok());

  EXPECT_EQ(events("crm.policy.updated"), 1);
}

TEST_F(RenewalDealTest, NothingBeginsForAnArchivedClient) {
  const auto lapsed = given_lapsed();
  must(transition(agent_, transition_to(must(get_deal(agent_, deal_.id())), v1::DEAL_STATUS_CLOSED,
                                        "Клиент уехал")));
  const auto client = must(get_client(agent_, deal_.client_id()));
  v1::ArchiveClientRequest archive;
  archive.set_client_id(client.id());
  archive.set_version(client.version());
  const auto archived = must(call<v1::Client>(agent_, "ClientService/ArchiveClient", archive));
  v1::ContinueDealRequest next;
  next.set_deal_id(deal_.id());

  EXPECT_EQ(open_deal(agent_, lapsed).error().reason, "client_is_archived");
  EXPECT_EQ(call<v1::Deal>(agent_, "DealService/ContinueDeal", next).error().reason,
            "client_is_archived");
  EXPECT_EQ(database_.value("SELECT count(*) FROM deals"), "1");
  EXPECT_EQ(events("crm.policy.updated"), 0);

  v1::RestoreClientRequest restore;
  restore.set_client_id(client.id());
  restore.set_version(archived.version());
  must(call<v1::Client>(agent_, "ClientService/RestoreClient", restore));
  EXPECT_TRUE(open_deal(agent_, lapsed).ok());
  EXPECT_TRUE(call<v1::Deal>(agent_, "DealService/ContinueDeal", next).ok());
}

TEST_F(RenewalDealTest, OfTwoAtOnceOneWins) {
  const auto request = asked_for(given_ending(agent_, deal_, 20, "КСК-1"));
  std::vector<awaitable<rpc::AnyReply>> both;
  both.push_back(ask(agent_, "PolicyService/OpenRenewalDeal", request));
  both.push_back(ask(admin_, "PolicyService/OpenRenewalDeal", request));

  const auto answers = run_all(std::move(both));

  EXPECT_EQ(answers[0].ok() + answers[1].ok(), 1);
  EXPECT_EQ(database_.value("SELECT count(*) FROM deals"), "2");
}

TEST_F(RenewalDealTest, OnlyWhoSeesThePolicyAndMayCreateDeals) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  must(add_member(agent_, deal_.id(), executor_, v1::MEMBER_FUNCTION_EXECUTOR));

  EXPECT_EQ(open_deal(colleague_, old).error().reason, "policy_not_found");
  EXPECT_EQ(open_deal(executor_, old).error().reason, "role_not_allowed");
  EXPECT_EQ(open_deal(head_, old).error().reason, "role_not_allowed");
  EXPECT_EQ(events("crm.deal.created"), 1);
}

TEST_F(RenewalDealTest, WhoClicksLeadsWhenTheLeaderIsBlocked) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  database_.execute("UPDATE users SET status = 'blocked' WHERE id = '" + agent_.id + "'");

  const auto deal = must(open_deal(admin_, old));

  EXPECT_EQ(deal.lead_agent_id(), admin_.id);
}

TEST_F(RenewalDealTest, QuotesOfTheDealAreThoseOfTheRenewal) {
  const auto lapsed = given_lapsed();
  const auto deal = must(open_deal(agent_, lapsed));

  move(given_quote(deal.id(), 11'000'000), v1::CALCULATION_STATUS_READY);

  EXPECT_EQ(now(lapsed).renewal_state(), v1::RENEWAL_STATE_LAPSED);
  EXPECT_EQ(now(lapsed).ready_quotes(), 1);
  EXPECT_EQ(now(lapsed).premium_change(), "10");
}

TEST_F(RenewalDealTest, ThePolicyIssuedInItContinuesTheOldOne) {
  const auto old = given_ending(agent_, deal_, -3, "КСК-1");
  const auto deal = must(open_deal(agent_, old));

  const auto next = issued_in(deal, old, "КСК-2");

  EXPECT_EQ(next.predecessor_id(), old.id());
  EXPECT_TRUE(next.is_renewal());
  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_DRAFTED);
  EXPECT_EQ(batch(agent_, "discard_renewal", {old.id()})->results(0).error(), "renewal_in_work");
  EXPECT_EQ(events("crm.policy.renewed"), 1);
  EXPECT_THAT(issued_in(deal, old, "КСК-3").predecessor_id(), IsEmpty());

  must(activate(agent_, must(get(agent_, next.id()))));

  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_RENEWED);
  EXPECT_EQ(now(old).status(), v1::POLICY_STATUS_CLOSED);
  EXPECT_EQ(now(old).close_reason(), "replaced");
  EXPECT_FALSE(must(get_deal(agent_, deal_.id())).has_deadline());
  v1::ListPolicyChainRequest asked;
  asked.set_policy_id(old.id());
  const auto chain =
      must(call<v1::ListPolicyChainReply>(agent_, "PolicyService/ListPolicyChain", asked));
  ASSERT_EQ(chain.policies_size(), 2);
  EXPECT_EQ(chain.policies(1).id(), next.id());
}

TEST_F(RenewalDealTest, OfSeveralDraftsTheOneThatIsIssuedContinuesTheOldOne) {
  const auto old = given_ending(agent_, deal_, -3, "КСК-1");
  const auto deal = must(open_deal(agent_, old));
  const auto first = issued_in(deal, old, "КСК-2");
  const auto second = issued_in(deal, old, "КСК-3");

  const auto issued = must(activate(agent_, second));

  EXPECT_EQ(issued.predecessor_id(), old.id());
  EXPECT_TRUE(issued.is_renewal());
  EXPECT_EQ(now(old).successor_id(), second.id());
  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_RENEWED);
  EXPECT_EQ(now(old).close_reason(), "replaced");
  EXPECT_THAT(now(first).predecessor_id(), IsEmpty());
  EXPECT_FALSE(now(first).is_renewal());
  EXPECT_EQ(database_.value("SELECT body::jsonb->'after'->>'is_renewal' FROM outbox "
                            "WHERE type = 'crm.policy.activated' ORDER BY seq DESC LIMIT 1"),
            "true");
  EXPECT_EQ(events("crm.policy.renewed"), 2);

  // One that comes later is a policy of its own.
  const auto later = must(activate(agent_, now(first)));
  EXPECT_THAT(later.predecessor_id(), IsEmpty());
  EXPECT_EQ(now(old).successor_id(), second.id());
}

TEST_F(RenewalDealTest, TheChainHidesWhatTheCallerDoesNotSee) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  const auto deal = must(open_deal(agent_, old));
  issued_in(deal, old, "КСК-2");
  must(add_member(agent_, deal_.id(), colleague_));
  v1::ListPolicyChainRequest asked;
  asked.set_policy_id(old.id());

  const auto chain =
      must(call<v1::ListPolicyChainReply>(colleague_, "PolicyService/ListPolicyChain", asked));

  ASSERT_EQ(chain.policies_size(), 1);
  EXPECT_EQ(chain.policies(0).id(), old.id());
}

TEST_F(RenewalDealTest, AClosedRenewalDealGivesThePolicyBack) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  const auto deal = must(open_deal(agent_, old));
  move(given_quote(deal.id(), 11'000'000), v1::CALCULATION_STATUS_READY);
  const auto draft = issued_in(deal, old, "КСК-2");
  const auto seen = must(get_deal(agent_, deal.id()));

  must(transition(agent_, transition_to(seen, v1::DEAL_STATUS_CLOSED, "Клиент отказался")));

  EXPECT_THAT(now(old).successor_id(), IsEmpty());
  EXPECT_THAT(now(old).renewal_deal_id(), IsEmpty());
  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_UPCOMING);
  EXPECT_EQ(now(old).ready_quotes(), 0);
  EXPECT_THAT(now(draft).predecessor_id(), IsEmpty());
  EXPECT_TRUE(open_deal(agent_, old).ok());
}

}  // namespace
}  // namespace bordero::crm
