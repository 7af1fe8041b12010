#include "services/payments/tests/payments_fixture.hpp"

namespace bordero::payments {
namespace {

using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::Property;
using ::testing::SizeIs;

TEST_F(PaymentsTest, APolicyInForceIsPlannedWhole) {
  const auto payments = given_payments({500'000, 300'001});

  ASSERT_THAT(payments, SizeIs(4));
  EXPECT_EQ(payments[0].type(), v1::PAYMENT_TYPE_CLIENT_PREMIUM);
  EXPECT_EQ(payments[0].amount().amount_minor(), 500'000);
  EXPECT_EQ(payments[0].counterparty(), "Орехов Глеб");
  EXPECT_EQ(payments[0].waiting_on(), "client");
  EXPECT_EQ(payments[0].deal_number(), "2026-000147");
  EXPECT_EQ(payments[1].type(), v1::PAYMENT_TYPE_COMMISSION_INCOME);
  EXPECT_EQ(payments[1].amount().amount_minor(), 50'000);
  EXPECT_EQ(payments[1].counterparty(), "Волга-Полис");
  EXPECT_EQ(payments[3].amount().amount_minor(), 30'000);
  EXPECT_EQ(events("payments.payment.planned"), 4);
  EXPECT_THAT(versions(payments[0].id()), SizeIs(1));
}

TEST_F(PaymentsTest, TheSameEventPlansOnce) {
  given_payments({500'000});

  tell_activated(policy_);
  tell_activated(policy_);

  EXPECT_THAT(payments_of(policy_.id()), SizeIs(2));
  EXPECT_EQ(events("payments.payment.planned"), 2);
  EXPECT_EQ(events("payments.payment.updated"), 0);
}

TEST_F(PaymentsTest, AnOlderEventThatComesLateChangesNothing) {
  given_payments({500'000});
  crm::v1::Policy newer = policy_;
  newer.set_version(4);
  money(*newer.mutable_instalments(0)->mutable_amount(), 600'000);
  tell_updated(newer);
  crm::v1::Policy older = policy_;
  older.set_version(3);
  money(*older.mutable_instalments(0)->mutable_amount(), 550'000);

  tell_updated(older);

  EXPECT_EQ(payments_of(policy_.id())[0].amount().amount_minor(), 600'000);
}

TEST_F(PaymentsTest, AnUpdateThatComesBeforeTheActivationPlansToo) {
  const auto deal = given_deal();
  auto policy = policy_of(deal, {500'000});
  policy.set_version(3);
  tell_updated(policy);
  policy.set_version(2);

  tell_activated(policy);

  EXPECT_THAT(payments_of(policy.id()), SizeIs(2));
}

TEST_F(PaymentsTest, ADraftIsNotPlanned) {
  const auto deal = given_deal();
  auto policy = policy_of(deal, {500'000});
  policy.set_status(crm::v1::POLICY_STATUS_DRAFT);
  crm::v1::PolicyCreated event;
  *event.mutable_policy() = policy;

  tell("crm.policy.created", event);

  EXPECT_THAT(payments_of(policy.id()), IsEmpty());
}

TEST_F(PaymentsTest, AChangedScheduleIsFollowedAndWhatCameStays) {
  const auto payments = given_payments({500'000, 300'000, 200'000});
  received(payments[0]);
  crm::v1::Policy changed = policy_;
  changed.set_version(3);
  money(*changed.mutable_instalments(1)->mutable_amount(), 400'000);
  changed.mutable_instalments()->RemoveLast();
  auto& added = *changed.add_instalments();
  added.set_id(Uuid::v7().str());
  added.set_due_on(clock::today().plus_days(200).str());
  money(*added.mutable_amount(), 100'000);

  tell_updated(changed);

  const auto after = payments_of(policy_.id());
  ASSERT_THAT(after, SizeIs(8));
  EXPECT_EQ(after[0].status(), v1::PAYMENT_STATUS_RECEIVED);
  EXPECT_EQ(after[2].amount().amount_minor(), 400'000);
  EXPECT_EQ(after[3].amount().amount_minor(), 40'000);
  EXPECT_TRUE(after[4].voided());
  EXPECT_EQ(after[4].void_reason(), "instalment_dropped");
  EXPECT_TRUE(after[5].voided());
  EXPECT_EQ(after[6].amount().amount_minor(), 100'000);
  EXPECT_EQ(versions(after[2].id())[0].changes(0).field(), "amount");
  EXPECT_EQ(versions(after[2].id())[0].changes(0).from(), "3000.00 RUB");
}

TEST_F(PaymentsTest, WhatPeopleSetByHandOutlivesOtherChanges) {
  const auto payments = given_payments({500'000, 300'000});
  v1::UpdatePaymentRequest request;
  request.set_payment_id(payments[1].id());
  request.set_version(1);
  money(*request.mutable_amount(), 45'000);
  request.mutable_update_mask()->add_paths("amount");
  must(call<v1::Payment>(agent_, "PaymentService/UpdatePayment", request));
  crm::v1::Policy changed = policy_;
  changed.set_version(3);
  changed.mutable_instalments(1)->set_due_on(clock::today().plus_days(100).str());

  tell_updated(changed);

  EXPECT_EQ(payments_of(policy_.id())[1].amount().amount_minor(), 45'000);
}

TEST_F(PaymentsTest, AnEarlyEndVoidsWhatWasDueLater) {
  given_payments({500'000, 300'000});
  crm::v1::Policy closed = policy_;
  closed.set_version(3);
  closed.set_status(crm::v1::POLICY_STATUS_CLOSED);
  closed.set_closed_on(clock::today().plus_days(10).str());
  crm::v1::PolicyClosed event;
  *event.mutable_after() = closed;

  tell("crm.policy.closed", event);

  const auto after = payments_of(policy_.id());
  EXPECT_FALSE(after[0].voided());
  EXPECT_FALSE(after[1].voided());
  EXPECT_EQ(after[2].void_reason(), "policy_ended");
  EXPECT_TRUE(after[3].voided());
}

TEST_F(PaymentsTest, CommissionComesFromTheRuleThatWinsAndKeepsItsVersion) {
  v1::CreateCommissionRuleRequest general;
  general.set_rate_percent("5");
  general.set_valid_from("2020-01-01");
  must(call<v1::CommissionRule>(admin_, "CommissionRuleService/CreateCommissionRule", general));
  v1::CreateCommissionRuleRequest special = general;
  special.set_insurer_id(kInsurer);
  special.set_rate_percent("18.5");
  special.set_payout_days(30);
  const auto rule =
      must(call<v1::CommissionRule>(admin_, "CommissionRuleService/CreateCommissionRule", special));
  deal_ = given_deal();
  policy_ = policy_of(deal_, {33, 33, 33}, "");
  tell_activated(policy_);
  v1::UpdateCommissionRuleRequest change;
  change.set_rule_id(rule.id());
  change.set_version(1);
  change.set_rate_percent("50");
  change.mutable_update_mask()->add_paths("rate_percent");
  must(call<v1::CommissionRule>(admin_, "CommissionRuleService/UpdateCommissionRule", change));
  crm::v1::Policy moved = policy_;
  moved.set_version(3);
  money(*moved.mutable_instalments(2)->mutable_amount(), 66);
  tell_updated(moved);

  const auto payments = payments_of(policy_.id());

  ASSERT_THAT(payments, SizeIs(6));
  EXPECT_EQ(payments[1].amount().amount_minor(), 6);
  EXPECT_EQ(payments[1].planned_date(), clock::today().plus_days(30).str());
  EXPECT_EQ(payments[5].amount().amount_minor(), 12);  // 24 of 1.32 whole, less 6 and 6.
  v1::ExplainPaymentRequest why;
  why.set_payment_id(payments[5].id());
  const auto explained =
      must(call<v1::PaymentExplanation>(agent_, "PaymentService/ExplainPayment", why));
  EXPECT_EQ(explained.source(), "rule");
  EXPECT_EQ(explained.rule().rate_percent(), "18.5");
  EXPECT_EQ(explained.basis().rule_version(), 1);
  EXPECT_EQ(explained.basis().rounding(), "remainder");
  EXPECT_EQ(explained.basis().exact(), "0.1221");
  EXPECT_EQ(explained.basis().commission().amount_minor(), 24);
  EXPECT_FALSE(explained.set_by_hand());
  EXPECT_THAT(explained.changes(), SizeIs(2));
}

TEST_F(PaymentsTest, WithoutTermsNoCommissionIsPlanned) {
  const auto deal = given_deal();
  const auto policy = policy_of(deal, {500'000}, "");

  tell_activated(policy);

  EXPECT_THAT(payments_of(policy.id()),
              Each(Property(&v1::Payment::type, v1::PAYMENT_TYPE_CLIENT_PREMIUM)));
}

}  // namespace
}  // namespace bordero::payments
