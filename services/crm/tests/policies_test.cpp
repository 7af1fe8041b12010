#include "bordero/payments/v1/events.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "services/crm/tests/policy_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(PolicyTest, IsSavedWithItsInstalmentsInOneStep) {
  const auto policy = given_policy();

  EXPECT_EQ(policy.status(), v1::POLICY_STATUS_DRAFT);
  EXPECT_EQ(policy.premium().amount_minor(), 8'450'050);
  ASSERT_EQ(policy.instalments_size(), 2);
  EXPECT_EQ(policy.instalments(0).number(), 1);
  EXPECT_THAT(policy.instalments(0).id(), Not(IsEmpty()));
  EXPECT_EQ(policy.client_id(), deal_.client_id());
  EXPECT_EQ(policy.parties(0).role(), v1::PARTY_ROLE_POLICYHOLDER);
  EXPECT_EQ(policy.parties(0).name(), "Орехов Глеб");
  EXPECT_EQ(policy.lead_agent_id(), agent_.id);
  EXPECT_EQ(events("crm.policy.created"), 1);
  EXPECT_EQ(timeline(), "created policy_created");
}

TEST_F(PolicyTest, WhatDoesNotFitIsRefusedAndLeavesNothing) {
  auto request = policy_request();
  request.mutable_instalments(1)->mutable_amount()->set_amount_minor(1);
  EXPECT_EQ(create(agent_, request).error().fields[0].field, "instalments");
  request = policy_request();
  request.set_product(v1::PRODUCT_CARGO);
  EXPECT_EQ(create(agent_, request).error().fields[0].code, "insurer_does_not_offer_product");
  request = policy_request();
  request.set_insurer_id(Uuid::v7().str());
  EXPECT_EQ(create(agent_, request).error().fields[0].code, "unknown_insurer");
  request = policy_request();
  request.add_parties()->set_client_id(given_client(colleague_, "Чужой").id());
  request.mutable_parties(0)->set_role(v1::PARTY_ROLE_OWNER);
  EXPECT_EQ(create(agent_, request).error().fields[0].code, "client_not_found");
  request = policy_request();
  request.set_calculation_id(Uuid::v7().str());
  EXPECT_EQ(create(agent_, request).error().reason, "calculation_not_found");

  EXPECT_EQ(database_.value("SELECT count(*) FROM policies"), "0");
  EXPECT_EQ(events("crm.policy.created"), 0);
}

TEST_F(PolicyTest, RightsFollowTheDeal) {
  const auto policy = given_policy();
  for (const Person* sees : {&agent_, &finance_, &head_, &admin_}) {
    EXPECT_TRUE(get(*sees, policy.id()).ok());
    EXPECT_EQ(list(*sees).policies_size(), 1);
  }
  for (const Person* hidden : {&colleague_, &executor_}) {
    EXPECT_EQ(get(*hidden, policy.id()).error().reason, "policy_not_found");
    EXPECT_EQ(list(*hidden).total_size(), 0);
    EXPECT_EQ(activate(*hidden, policy).error().reason, "policy_not_found");
    EXPECT_EQ(create(*hidden, policy_request()).error().reason, "deal_not_found");
  }
  EXPECT_EQ(activate(finance_, policy).error().reason, "role_not_allowed");
  EXPECT_EQ(activate(head_, policy).error().reason, "role_not_allowed");

  must(add_member(agent_, deal_.id(), colleague_));
  EXPECT_EQ(list(colleague_).policies_size(), 1);
  must(remove_member(agent_, deal_.id(), colleague_));
  EXPECT_EQ(list(colleague_).total_size(), 0);
  EXPECT_EQ(get(colleague_, policy.id()).error().reason, "policy_not_found");
}

TEST_F(PolicyTest, ActivationConfirmsItAndMakesTheClientActive) {
  const auto draft = given_policy();
  const auto active = must(activate(agent_, draft));

  EXPECT_EQ(active.status(), v1::POLICY_STATUS_ACTIVE);
  EXPECT_EQ(active.version(), 2);
  EXPECT_EQ(events("crm.policy.activated"), 1);
  EXPECT_EQ(must(get_client(agent_, deal_.client_id())).status(), v1::CLIENT_STATUS_ACTIVE);
  const auto deal = must(get_deal(agent_, deal_.id()));
  EXPECT_EQ(deal.active_policy_count(), 1);
  EXPECT_EQ(deal.deadline().reason(), "policy_end");
  EXPECT_EQ(deal.deadline().subject(), draft.id());
  EXPECT_EQ(deal.deadline().title(), active.number());
  EXPECT_EQ(deal.deadline().date(), active.effective_to());
  EXPECT_EQ(deal.deadline().assignee_id(), agent_.id);
  EXPECT_EQ(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "no")).error().reason,
            "deal_has_active_policy");
  EXPECT_EQ(activate(agent_, active).error().reason, "policy_is_in_force");
  EXPECT_EQ(activate(agent_, draft).error().kind, ErrorKind::stale);
}

TEST_F(PolicyTest, ADraftWithoutANumberIsNotActivated) {
  auto request = policy_request();
  request.clear_number();
  const auto draft = must(create(agent_, request));

  const auto refused = activate(agent_, draft);

  EXPECT_EQ(refused.error().reason, "policy_incomplete");
  EXPECT_EQ(refused.error().fields[0].field, "number");
  EXPECT_EQ(events("crm.policy.activated"), 0);
}

TEST_F(PolicyTest, AnInsurersNumberStandsOnceAmongContracts) {
  must(activate(agent_, given_policy()));
  const auto twin = given_policy();

  EXPECT_EQ(activate(agent_, twin).error().reason, "policy_number_taken");
  EXPECT_EQ(events("crm.policy.activated"), 1);
}

TEST_F(PolicyTest, TheScheduleIsEditedWholeAndReceivedPartsStay) {
  const auto active = must(activate(agent_, given_policy()));
  v1::UpdatePolicyRequest request;
  request.set_policy_id(active.id());
  request.set_version(active.version());
  request.mutable_update_mask()->add_paths("instalments");
  *request.add_instalments() = active.instalments(0);
  add_instalment(request, clock::today().plus_days(60).str(), 4'000'000);
  EXPECT_EQ(update(agent_, request).error().fields[0].code, "do_not_add_up");
  add_instalment(request, clock::today().plus_days(90).str(), 50);

  const auto edited = must(update(agent_, request));

  EXPECT_EQ(edited.instalments_size(), 3);
  EXPECT_EQ(edited.instalments(0).id(), active.instalments(0).id());
  EXPECT_EQ(events("crm.policy.updated"), 1);
  hear(payment_of(edited, 0, payments::v1::PAYMENT_STATUS_RECEIVED));
  request.set_version(edited.version());
  *request.mutable_instalments() = edited.instalments();
  request.mutable_instalments(0)->mutable_amount()->set_amount_minor(4'450'001);
  request.mutable_instalments(2)->mutable_amount()->set_amount_minor(50 + 49);
  request.mutable_instalments(1)->mutable_amount()->set_amount_minor(3'999'950);
  EXPECT_EQ(update(agent_, request).error().reason, "instalment_received");
}

TEST_F(PolicyTest, APaidPolicyMakesItsDealActive) {
  const auto active = must(activate(agent_, given_policy()));
  hear(payment_of(active, 0, payments::v1::PAYMENT_STATUS_PLANNED));
  auto deal = must(get_deal(agent_, deal_.id()));
  EXPECT_EQ(deal.status(), v1::DEAL_STATUS_DRAFT);
  EXPECT_EQ(deal.deadline().reason(), "payment");
  EXPECT_EQ(deal.deadline().waiting_on(), "client");

  hear(payment_of(active, 0, payments::v1::PAYMENT_STATUS_RECEIVED, 2));

  deal = must(get_deal(agent_, deal_.id()));
  EXPECT_EQ(deal.status(), v1::DEAL_STATUS_ACTIVE);
  EXPECT_EQ(deal.deadline().reason(), "policy_end");
  EXPECT_EQ(events("crm.deal.status_changed"), 1);
  // An older event that comes late changes nothing.
  hear(payment_of(active, 0, payments::v1::PAYMENT_STATUS_PLANNED, 1));
  EXPECT_EQ(must(get_deal(agent_, deal_.id())).deadline().reason(), "policy_end");
  EXPECT_EQ(events("crm.deal.status_changed"), 1);
}

TEST_F(PolicyTest, WhoseMoveAPaymentIsIsSaidByPayments) {
  const auto active = must(activate(agent_, given_policy()));
  auto payment = payment_of(active, 0, payments::v1::PAYMENT_STATUS_PLANNED);
  payment.set_type(payments::v1::PAYMENT_TYPE_COMMISSION_INCOME);  // Kept back from the client's.
  hear(payment);
  EXPECT_EQ(must(get_deal(agent_, deal_.id())).deadline().waiting_on(), "client");
}

TEST_F(PolicyTest, WhatRemindersCountFromIsBusinessTime) {
  const auto draft = given_policy();
  clock::shift(std::chrono::hours(24 * 40));
  const auto active = must(activate(agent_, draft));
  const auto today = clock::today();
  clock::shift({});
  EXPECT_EQ(clock::date_of(*parse_instant(active.activated_at())), today);
}

TEST_F(PolicyTest, AfterIssuanceOnlyANewPolicyMakesTheDealActiveAgain) {
  const auto active = must(activate(agent_, given_policy()));
  hear(payment_of(active, 0, payments::v1::PAYMENT_STATUS_RECEIVED));
  const auto deal = must(get_deal(agent_, deal_.id()));
  must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_ISSUANCE)));
  hear(payment_of(active, 1, payments::v1::PAYMENT_STATUS_RECEIVED));
  EXPECT_EQ(must(get_deal(agent_, deal_.id())).status(), v1::DEAL_STATUS_ISSUANCE);

  auto request = policy_request();
  request.set_number("КСК-2");
  const auto second = must(activate(agent_, must(create(agent_, request))));
  hear(payment_of(second, 0, payments::v1::PAYMENT_STATUS_RECEIVED));

  EXPECT_EQ(must(get_deal(agent_, deal_.id())).status(), v1::DEAL_STATUS_ACTIVE);
}

TEST_F(PolicyTest, AnOpenTaskIsADateOfItsDeal) {
  must(add_member(agent_, deal_.id(), executor_, v1::MEMBER_FUNCTION_EXECUTOR));
  tasks::v1::TaskCreated created;
  auto& task = *created.mutable_task();
  task.set_id(Uuid::v7().str());
  task.set_deal_id(deal_.id());
  task.set_subject("Рассчитать КАСКО");
  task.set_assignee_id(executor_.id);
  task.set_status(tasks::v1::TASK_STATUS_NEW);
  task.set_due_on(clock::today().plus_days(1).str());
  task.set_version(1);
  hear_task(created, "tasks.task.created");
  auto deal = must(get_deal(agent_, deal_.id()));
  EXPECT_EQ(deal.deadline().reason(), "task");
  EXPECT_EQ(deal.deadline().waiting_on(), "executor");
  EXPECT_EQ(deal.deadline().assignee_id(), executor_.id);
  EXPECT_EQ(deal.deadline().title(), "Рассчитать КАСКО");

  tasks::v1::TaskStatusChanged done;
  *done.mutable_after() = task;
  done.mutable_after()->set_status(tasks::v1::TASK_STATUS_DONE);
  done.mutable_after()->set_version(2);
  hear_task(done, "tasks.task.status_changed");

  EXPECT_FALSE(must(get_deal(agent_, deal_.id())).has_deadline());
}

TEST_F(PolicyTest, ListsFilterSortGroupAndAddUp) {
  must(activate(agent_, given_policy()));
  auto request = policy_request();
  request.set_number("КСК-2");
  must(create(agent_, request));

  EXPECT_EQ(list(agent_, "status = \"draft\"").policies_size(), 1);
  EXPECT_EQ(list(agent_, "premium > 84500").total_size(), 2);
  EXPECT_EQ(list(agent_, "premium > 84501").total_size(), 0);
  EXPECT_EQ(list(agent_, "deal_id = \"" + deal_.id() + "\"").total_size(), 2);
  EXPECT_EQ(list(head_, "member_id = \"" + agent_.id + "\"").total_size(), 2);
  v1::ListPoliciesRequest grouped;
  grouped.set_group_by("status");
  grouped.set_order_by("premium desc");
  for (const Person* who : {&agent_, &admin_}) {
    const auto reply =
        must(call<v1::ListPoliciesReply>(*who, "PolicyService/ListPolicies", grouped));
    ASSERT_EQ(reply.groups_size(), 2);
    EXPECT_EQ(reply.groups(0).value(), "active");
    EXPECT_EQ(reply.groups(0).sums(0).amount().amount_minor(), 8'450'050);
    EXPECT_EQ(reply.sums(0).amount().amount_minor(), 2 * 8'450'050);
  }
}

TEST_F(PolicyTest, IssuedFromTheChosenCalculationItTakesItsValues) {
  v1::CreateCalculationRequest quoted;
  quoted.set_deal_id(deal_.id());
  quoted.set_insurer_id(insurer_.id());
  quoted.set_product(v1::PRODUCT_KASKO);
  quoted.set_program("Премиум");
  quoted.mutable_premium()->set_amount_minor(9'999'901);
  quoted.mutable_premium()->set_currency("RUB");
  quoted.mutable_coverage_sum()->set_amount_minor(300'000'000);
  quoted.mutable_coverage_sum()->set_currency("RUB");
  quoted.set_valid_until(clock::today().plus_days(3).str());
  quoted.mutable_terms()->set_instalment_count(3);
  auto quote = must(call<v1::Calculation>(agent_, "CalculationService/CreateCalculation", quoted));
  v1::CreatePolicyRequest request;
  request.set_deal_id(deal_.id());
  request.set_calculation_id(quote.id());
  request.set_effective_from(clock::today().str());
  request.set_effective_to(clock::today().plus_days(364).str());
  request.set_payment_route(v1::PAYMENT_ROUTE_DIRECT);
  EXPECT_EQ(create(agent_, request).error().reason, "calculation_not_chosen");
  for (const auto status : {v1::CALCULATION_STATUS_READY, v1::CALCULATION_STATUS_CHOSEN}) {
    v1::TransitionCalculationRequest move;
    move.set_calculation_id(quote.id());
    move.set_version(quote.version());
    move.set_status(status);
    quote = must(call<v1::Calculation>(agent_, "CalculationService/TransitionCalculation", move));
    const auto deadline = must(get_deal(agent_, deal_.id())).deadline();
    EXPECT_EQ(deadline.reason(), status == v1::CALCULATION_STATUS_READY ? "quote" : "");
  }

  const auto policy = must(create(agent_, request));

  EXPECT_EQ(policy.calculation_id(), quote.id());
  EXPECT_EQ(policy.insurer_id(), insurer_.id());
  EXPECT_EQ(policy.program(), "Премиум");
  EXPECT_EQ(policy.premium().amount_minor(), 9'999'901);
  ASSERT_EQ(policy.instalments_size(), 3);
  EXPECT_EQ(policy.instalments(2).amount().amount_minor(), 3'333'301);
}

TEST_F(PolicyTest, TheSameKeyMakesOnePolicy) {
  const auto request = policy_request();
  const auto one = must(call<v1::Policy>(agent_, "PolicyService/CreatePolicy", request, "key-1"));
  const auto again = must(call<v1::Policy>(agent_, "PolicyService/CreatePolicy", request, "key-1"));

  EXPECT_EQ(again.id(), one.id());
  EXPECT_EQ(database_.value("SELECT count(*) FROM policies"), "1");
}

}  // namespace
}  // namespace bordero::crm
