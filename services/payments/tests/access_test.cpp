#include "bordero/crm/v1/search.pb.h"
#include "services/payments/tests/payments_fixture.hpp"

namespace bordero::payments {
namespace {

bool allowed(const v1::Payment& payment, const std::string& action) {
  for (const auto& capability : payment.can()) {
    if (capability.action() == action) return capability.allowed();
  }
  return false;
}

TEST_F(PaymentsTest, WhoSeesTheDealSeesItsPaymentsInEveryWay) {
  const auto payment = given_payments({500'000})[0];
  v1::GetPlanFactRequest report;
  for (const Person* who : {&agent_, &executor_, &finance_, &head_, &admin_}) {
    EXPECT_TRUE(get(*who, payment.id()).ok());
    EXPECT_EQ(list(*who).total_size(), 2);
    const auto plan = call<v1::PlanFact>(*who, "PaymentService/GetPlanFact", report);
    if (who == &executor_) {
      EXPECT_EQ(plan.error().reason, "role_not_allowed");
    } else {
      EXPECT_EQ(must(plan).rows_size(), 1);
    }
  }

  EXPECT_EQ(get(colleague_, payment.id()).error().reason, "payment_not_found");
  EXPECT_EQ(list(colleague_, "", "type").total_size(), 0);
  EXPECT_EQ(list(colleague_, "", "type").groups_size(), 0);
  EXPECT_EQ(must(call<v1::PlanFact>(colleague_, "PaymentService/GetPlanFact", report)).rows_size(),
            0);
  EXPECT_EQ(step(colleague_, payment, v1::PAYMENT_STATUS_EXPECTED).error().kind,
            ErrorKind::not_found);
}

TEST_F(PaymentsTest, MyTeamAndMeAreMeantInListsAndInThePlan) {
  given_payments({500'000});
  const auto rows = [&](const Person& who, const std::string& filter) {
    v1::GetPlanFactRequest report;
    report.set_filter(filter);
    return must(call<v1::PlanFact>(who, "PaymentService/GetPlanFact", report)).rows_size();
  };
  EXPECT_EQ(rows(agent_, "lead_agent_id = me()"), 1);
  EXPECT_EQ(rows(head_, "lead_agent_id = me()"), 0);
  for (const Person* who : {&agent_, &executor_, &finance_, &head_}) {
    EXPECT_EQ(list(*who, "lead_agent_id = my_team()").total_size(), 2);
    EXPECT_EQ(list(*who, "lead_agent_id != my_team()").total_size(), 0);
  }
  for (const Person* who : {&agent_, &finance_, &head_}) {
    EXPECT_EQ(rows(*who, "lead_agent_id = my_team()"), 1);
  }

  deal_.set_status(crm::v1::DEAL_STATUS_CLOSED);
  deal_.set_version(2);
  keep(deal_);
  EXPECT_EQ(list(head_, "lead_agent_id = my_team()").total_size(), 0);
  EXPECT_EQ(rows(agent_, "lead_agent_id = my_team()"), 0);
}

TEST_F(PaymentsTest, TheSearchFindsByNumbersWhatOneSees) {
  const auto payments = given_payments({500'000});
  const auto found = [&](const Person& who, const std::string& typed) {
    crm::v1::SearchRequest asked;
    asked.set_q(typed);
    std::vector<std::string> ids;
    const auto reply = must(call<crm::v1::SearchReply>(who, "SearchService/Search", asked));
    for (const auto& hit : reply.results()) {
      EXPECT_EQ(hit.kind(), "payment");
      ids.push_back(hit.id());
    }
    return ids;
  };
  database_.execute("UPDATE policies SET number = 'ХХХ 0451299871'");

  for (const Person* who : {&agent_, &executor_, &finance_, &head_, &admin_}) {
    EXPECT_THAT(found(*who, payments[0].number()), ::testing::ElementsAre(payments[0].id()));
    EXPECT_THAT(found(*who, "0451299"),
                ::testing::UnorderedElementsAre(payments[0].id(), payments[1].id()));
    EXPECT_THAT(found(*who, "Орехов"), ::testing::IsEmpty());
  }
  EXPECT_THAT(found(colleague_, payments[0].number()), ::testing::IsEmpty());
  EXPECT_THAT(found(colleague_, "0451299"), ::testing::IsEmpty());
  note_left(agent_, deal_.id());
  EXPECT_THAT(found(agent_, "0451299"), ::testing::IsEmpty());
}

TEST_F(PaymentsTest, ButtonsSayWhatTheServerWould) {
  const auto payment = given_payments({500'000})[1];
  const auto seen_by = [&](const Person& who) { return must(get(who, payment.id())); };

  EXPECT_TRUE(allowed(seen_by(agent_), "update"));
  EXPECT_TRUE(allowed(seen_by(executor_), "transition"));
  EXPECT_FALSE(allowed(seen_by(agent_), "confirm"));
  EXPECT_TRUE(allowed(seen_by(finance_), "confirm"));
  EXPECT_FALSE(allowed(seen_by(head_), "update"));
  EXPECT_EQ(seen_by(head_).allowed_statuses_size(), 0);
  EXPECT_EQ(step(head_, payment, v1::PAYMENT_STATUS_EXPECTED).error().reason, "role_not_allowed");
  const auto received_one = received(payment);
  EXPECT_FALSE(allowed(seen_by(agent_), "update"));
  EXPECT_TRUE(allowed(seen_by(finance_), "update"));
  EXPECT_EQ(received_one.allowed_statuses_size(), 2);
}

TEST_F(PaymentsTest, LeavingADealEndsAccessAndJoiningGivesIt) {
  const auto payment = given_payments({500'000})[0];
  crm::v1::Deal changed = deal_;
  changed.clear_members();
  join(changed, colleague_, crm::v1::MEMBER_FUNCTION_LEAD_AGENT);
  changed.set_lead_agent_id(colleague_.id);
  changed.set_version(2);

  keep(changed);

  EXPECT_EQ(get(agent_, payment.id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(list(executor_).total_size(), 0);
  EXPECT_EQ(list(colleague_).total_size(), 2);
  EXPECT_EQ(list(finance_, "lead_agent_id = \"" + colleague_.id + "\"").total_size(), 2);
  EXPECT_EQ(list(finance_, "lead_agent_id = \"" + agent_.id + "\"").total_size(), 0);
}

TEST_F(PaymentsTest, ADealLeftAMomentAgoIsHiddenWhileTheBrokerIsLate) {
  const auto payment = given_payments({500'000})[0];
  note_left(agent_, deal_.id());

  EXPECT_EQ(get(agent_, payment.id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(list(agent_).total_size(), 0);
  EXPECT_EQ(step(agent_, payment, v1::PAYMENT_STATUS_EXPECTED).error().kind, ErrorKind::not_found);
  v1::CreatePaymentRequest request;
  request.set_policy_id(policy_.id());
  request.set_type(v1::PAYMENT_TYPE_CLIENT_DISCOUNT);
  request.set_planned_date(clock::today().str());
  money(*request.mutable_amount(), 5);
  EXPECT_EQ(call<v1::Payment>(agent_, "PaymentService/CreatePayment", request).error().kind,
            ErrorKind::not_found);
}

TEST_F(PaymentsTest, ListsAreFilteredByWhatPeopleAskFor) {
  const auto payments = given_payments({500'000, 300'000});
  received(payments[0]);
  v1::CreatePaymentRequest request;
  request.set_policy_id(policy_.id());
  request.set_type(v1::PAYMENT_TYPE_CLIENT_DISCOUNT);
  request.set_planned_date(clock::today().plus_days(-3).str());
  money(*request.mutable_amount(), 7'000);
  must(call<v1::Payment>(agent_, "PaymentService/CreatePayment", request));

  for (const Person* who : {&agent_, &finance_}) {
    EXPECT_EQ(list(*who, "overdue = true").total_size(), 1);
    EXPECT_EQ(list(*who, "overdue = false").total_size(), 4);
    EXPECT_EQ(list(*who, "status = \"received\"").total_size(), 1);
    EXPECT_EQ(list(*who, "type = \"commission_income\" AND status = \"planned\"").total_size(), 2);
    EXPECT_EQ(list(*who, "insurer_id = \"" + kInsurer + "\"").total_size(), 5);
    EXPECT_EQ(list(*who, "amount >= 3000").total_size(), 2);
    EXPECT_EQ(list(*who, "policy_number = \"" + policy_.number() + "\"").total_size(), 5);
    EXPECT_EQ(list(*who, "deal_id = \"" + deal_.id() + "\"", "planned_date.month").total_size(), 5);
    EXPECT_EQ(list(*who, "", "", "amount desc").payments(0).amount().amount_minor(), 500'000);
    EXPECT_TRUE(list(*who, "overdue = true").payments(0).overdue());
  }
}

TEST_F(PaymentsTest, RulesAreWrittenByAdminsReadByAllAndPreviewed) {
  v1::CreateCommissionRuleRequest request;
  request.set_valid_from("2026-01-01");
  request.set_rate_percent("18.50");
  EXPECT_EQ(
      call<v1::CommissionRule>(finance_, "CommissionRuleService/CreateCommissionRule", request)
          .error()
          .reason,
      "role_not_allowed");
  const auto rule =
      must(call<v1::CommissionRule>(admin_, "CommissionRuleService/CreateCommissionRule", request));
  EXPECT_EQ(rule.rate_percent(), "18.5");
  EXPECT_EQ(rule.kind(), v1::COMMISSION_KIND_ANY);
  money(*request.mutable_fixed_amount(), 100);
  EXPECT_EQ(call<v1::CommissionRule>(admin_, "CommissionRuleService/CreateCommissionRule", request)
                .error()
                .fields[0]
                .code,
            "rate_or_amount");

  v1::PreviewCommissionRulesRequest preview;
  preview.set_insurer_id(kInsurer);
  preview.set_product(crm::v1::PRODUCT_KASKO);
  preview.set_kind(v1::COMMISSION_KIND_NEW);
  preview.set_effective_from("2026-06-01");
  money(*preview.mutable_premium(), 10'000);
  preview.mutable_candidate()->set_product(crm::v1::PRODUCT_KASKO);
  preview.mutable_candidate()->set_rate_percent("20");
  preview.mutable_candidate()->set_valid_from("2026-01-01");
  const auto reply = must(call<v1::PreviewCommissionRulesReply>(
      executor_, "CommissionRuleService/PreviewCommissionRules", preview));
  EXPECT_EQ(reply.winner_id(), "candidate");
  EXPECT_EQ(reply.commission().amount_minor(), 2'000);
  EXPECT_EQ(reply.rules(1).reason(), "less_specific");
  const auto rules = must(call<v1::ListCommissionRulesReply>(
      agent_, "CommissionRuleService/ListCommissionRules", v1::ListCommissionRulesRequest()));
  EXPECT_EQ(rules.commission_rules_size(), 1);
}

}  // namespace
}  // namespace bordero::payments
