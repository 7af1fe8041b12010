#include "services/crm/tests/renewal_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(RenewalOutlookTest, TheStateFollowsQuotesTheDraftAndItsActivation) {
  const auto old = given_ending(agent_, deal_, 20, "КСК-1");
  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_UPCOMING);
  EXPECT_THAT(now(old).premium_change(), IsEmpty());

  auto dear = move(given_quote(deal_.id(), 12'000'000), v1::CALCULATION_STATUS_READY);
  move(given_quote(deal_.id(), 9'000'000), v1::CALCULATION_STATUS_READY);
  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_QUOTED);
  EXPECT_EQ(now(old).ready_quotes(), 2);
  EXPECT_EQ(now(old).premium_change(), "-10");
  EXPECT_FALSE(now(old).at_risk());

  dear = move(dear, v1::CALCULATION_STATUS_CHOSEN);
  EXPECT_EQ(now(old).premium_change(), "20");
  EXPECT_TRUE(now(old).at_risk());
  EXPECT_TRUE(list(agent_, "premium_change > 15").policies(0).at_risk());

  renew_and_activate(old, "КСК-2");
  EXPECT_EQ(now(old).renewal_state(), v1::RENEWAL_STATE_RENEWED);
  EXPECT_EQ(now(old).premium_change(), "0");
  EXPECT_EQ(now(old).ready_quotes(), 0);
}

TEST_F(RenewalOutlookTest, QuotesOfOtherProductsAndThoseOfTheOldContractDoNotCount) {
  auto sold = move(given_quote(deal_.id(), 9'000'000), v1::CALCULATION_STATUS_READY);
  sold = move(sold, v1::CALCULATION_STATUS_CHOSEN);
  auto request = policy_request();
  request.set_calculation_id(sold.id());
  request.set_effective_from(clock::today().plus_days(-1).str());
  const auto policy = must(activate(agent_, must(create(agent_, request))));
  EXPECT_EQ(now(policy).renewal_state(), v1::RENEWAL_STATE_UPCOMING);

  auto other = given_quote(deal_.id(), 9'000'000);
  database_.execute("UPDATE calculations SET product = 'osago' WHERE id = '" + other.id() + "'");
  move(other, v1::CALCULATION_STATUS_READY);

  EXPECT_EQ(now(policy).ready_quotes(), 0);
}

TEST_F(RenewalOutlookTest, ABoardCountsByStateAndACalendarByDay) {
  const auto first = given_ending(agent_, deal_, 10, "КСК-1");
  given_ending(agent_, deal_, 10, "КСК-2");
  given_ending(agent_, deal_, 12, "КСК-3");
  must(renew(agent_, first.id()));
  const auto grouped = [&](const std::string& by) {
    v1::ListPoliciesRequest request;
    request.set_filter("status != draft");
    request.set_group_by(by);
    const auto page =
        must(call<v1::ListPoliciesReply>(agent_, "PolicyService/ListPolicies", request));
    std::vector<std::string> told;
    for (const auto& group : page.groups()) {
      told.push_back(group.value() + " " + std::to_string(group.count()) + " " +
                     std::to_string(group.sums(0).amount().amount_minor() / 100));
    }
    return told;
  };

  EXPECT_THAT(grouped("renewal_state"), ElementsAre("drafted 1 100000", "upcoming 2 200000"));
  EXPECT_THAT(grouped("effective_to"),
              ElementsAre(clock::today().plus_days(10).str() + " 2 200000",
                          clock::today().plus_days(12).str() + " 1 100000"));
}

TEST_F(RenewalOutlookTest, ABatchOfRenewalsIsReturnedAsAWhole) {
  const auto one = given_ending(agent_, deal_, 10, "КСК-1");
  const auto other = given_ending(agent_, deal_, 12, "КСК-2");

  const auto made = must(batch(agent_, "renew", {one.id(), other.id()}));
  ASSERT_EQ(made.undo_size(), 2);
  std::vector<std::string> ids;
  for (const auto& item : made.undo()) ids.push_back(item.id());
  const auto returned = must(batch(agent_, "discard_renewal", ids));

  EXPECT_TRUE(returned.results(0).ok() && returned.results(1).ok());
  EXPECT_EQ(now(one).renewal_state(), v1::RENEWAL_STATE_UPCOMING);
  EXPECT_THAT(now(one).successor_id(), IsEmpty());
  EXPECT_EQ(database_.value("SELECT count(*) FROM policies"), "2");
  EXPECT_EQ(
      database_.value("SELECT count(*) FROM policy_access WHERE user_id = '" + agent_.id + "'"),
      "2");
  EXPECT_EQ(events("crm.policy.discarded"), 2);
  EXPECT_TRUE(renew(agent_, one.id()).ok());
}

TEST_F(RenewalOutlookTest, ADraftThatSomebodyWorksOnIsNotReturned) {
  const auto old = given_ending(agent_, deal_, 10, "КСК-1");
  EXPECT_EQ(must(batch(agent_, "discard_renewal", {old.id()})).results(0).error(),
            "policy_not_renewed");
  const auto draft = must(renew(agent_, old.id()));
  EXPECT_EQ(must(batch(colleague_, "discard_renewal", {old.id()})).results(0).error(),
            "policy_not_found");
  number(draft, "КСК-2");

  const auto reply = must(batch(agent_, "discard_renewal", {old.id()}));

  EXPECT_EQ(reply.results(0).error(), "renewal_in_work");
  EXPECT_EQ(now(old).successor_id(), draft.id());
}

TEST_F(RenewalOutlookTest, TheReportSaysWhatBecameOfEndingPolicies) {
  const auto kept = given_ending(agent_, deal_, -20, "КСК-1");
  given_ending(agent_, deal_, -10, "КСК-2");
  given_ending(agent_, deal_, 10, "КСК-3");
  const auto early = given_ending(agent_, deal_, 15, "КСК-4");
  given_ending(agent_, given_deal(agent_, "Другой клиент"), -5, "КСК-5");
  renew_and_activate(kept, "КСК-11");
  v1::ClosePolicyRequest close_it;
  close_it.set_policy_id(early.id());
  close_it.set_version(early.version());
  close_it.set_reason("Машина продана");
  must(close(agent_, close_it));

  const auto told = must(report(agent_, "product"));

  ASSERT_EQ(told.rows_size(), 1);
  const auto& row = told.rows(0);
  EXPECT_EQ(row.value(), "kasko");
  EXPECT_EQ(row.ending(), 4);
  EXPECT_EQ(row.renewed(), 1);
  EXPECT_EQ(row.lapsed(), 2);
  EXPECT_EQ(row.open(), 1);
  EXPECT_EQ(row.clients_decided(), 2);
  EXPECT_EQ(row.clients_kept(), 1);
  EXPECT_EQ(row.premium_lapsed().amount_minor(), 20'000'000);
  EXPECT_EQ(row.policy_rate(), "33.3");
  EXPECT_EQ(row.client_rate(), "50.0");
  // The list behind a figure has as many policies.
  EXPECT_EQ(list(agent_,
                 "renewal_state != renewed AND renewal_state != ended AND status != draft "
                 "AND effective_to < today()")
                .total_size(),
            row.lapsed());
}

TEST_F(RenewalOutlookTest, AClientOfTwoGroupsCountsOnceInTheWhole) {
  given_ending(agent_, deal_, -40, "КСК-1");
  given_ending(agent_, deal_, -1, "КСК-2");

  const auto told = must(report(head_, "month"));

  EXPECT_EQ(told.rows_size(), 2);
  ASSERT_EQ(told.totals_size(), 1);
  EXPECT_EQ(told.totals(0).lapsed(), 2);
  EXPECT_EQ(told.totals(0).clients_decided(), 1);
}

TEST_F(RenewalOutlookTest, AgentsSeeTheirOwnFiguresAndExecutorsNone) {
  given_ending(agent_, deal_, -10, "КСК-1");
  must(add_member(agent_, deal_.id(), colleague_));

  EXPECT_EQ(must(report(agent_)).rows_size(), 1);
  EXPECT_EQ(must(report(colleague_)).rows_size(), 0);
  EXPECT_EQ(must(report(finance_, "lead_agent_id")).rows(0).value(), agent_.id);
  EXPECT_EQ(must(report(admin_, "insurer_id")).rows(0).name(), insurer_.short_name());
  EXPECT_EQ(report(executor_).error().kind, ErrorKind::forbidden);
  EXPECT_EQ(report(agent_, "colour").error().fields[0].field, "group_by");
}

}  // namespace
}  // namespace bordero::crm
