#include <algorithm>

#include "services/payments/src/reminders/count_due.hpp"
#include "services/payments/tests/payments_fixture.hpp"

namespace bordero::payments {
namespace {

using ::testing::SizeIs;

TEST_F(PaymentsTest, MoneyIsConfirmedByFinanceAndKeptWithWhoAndWhen) {
  const auto planned = given_payments({500'000})[0];
  const auto expected = must(step(executor_, planned, v1::PAYMENT_STATUS_EXPECTED));
  EXPECT_EQ(step(agent_, expected, v1::PAYMENT_STATUS_RECEIVED).error().reason,
            "only_finance_confirms");

  const auto received = must(step(finance_, expected, v1::PAYMENT_STATUS_RECEIVED));

  EXPECT_EQ(received.confirmed_by(), finance_.id);
  EXPECT_EQ(received.actual_date(), clock::today().str());
  EXPECT_EQ(events("payments.payment.status_changed"), 2);
  const auto back = must(step(admin_, received, v1::PAYMENT_STATUS_EXPECTED, "чужой платёж"));
  EXPECT_EQ(back.actual_date(), "");
  EXPECT_EQ(back.confirmed_by(), "");
  const auto history = versions(planned.id());
  ASSERT_THAT(history, SizeIs(4));
  EXPECT_EQ(history[0].note(), "чужой платёж");
  EXPECT_EQ(history[1].actor_id(), finance_.id);
  EXPECT_NE(history[1].actor_name(), "");
}

TEST_F(PaymentsTest, OfTwoWhoConfirmAtOnceOneIsFirst) {
  const auto planned = given_payments({500'000})[0];
  const auto expected = must(step(agent_, planned, v1::PAYMENT_STATUS_EXPECTED));
  const auto request = step_to(expected, v1::PAYMENT_STATUS_RECEIVED);
  std::vector<awaitable<rpc::AnyReply>> both;
  both.push_back(ask(finance_, "PaymentService/TransitionPayment", request));
  both.push_back(ask(controller_, "PaymentService/TransitionPayment", request));

  const auto answers = run_all(std::move(both));

  const auto won = std::count_if(answers.begin(), answers.end(),
                                 [](const rpc::AnyReply& answer) { return answer.ok(); });
  EXPECT_EQ(won, 1);
  EXPECT_EQ(events("payments.payment.status_changed"), 2);
  EXPECT_THAT(versions(planned.id()), SizeIs(3));
}

TEST_F(PaymentsTest, AStepRepeatedWithItsKeyIsTakenOnce) {
  const auto planned = given_payments({500'000})[0];
  const auto request = step_to(planned, v1::PAYMENT_STATUS_EXPECTED);

  const auto first =
      must(call<v1::Payment>(agent_, "PaymentService/TransitionPayment", request, "k"));
  const auto again =
      must(call<v1::Payment>(agent_, "PaymentService/TransitionPayment", request, "k"));

  EXPECT_EQ(first.version(), again.version());
  EXPECT_EQ(events("payments.payment.status_changed"), 1);
}

TEST_F(PaymentsTest, AVersionIsAskedForAndMustBeTheLast) {
  const auto planned = given_payments({500'000})[0];
  auto request = step_to(planned, v1::PAYMENT_STATUS_EXPECTED);
  request.set_version(0);
  EXPECT_EQ(call<v1::Payment>(agent_, "PaymentService/TransitionPayment", request).error().kind,
            ErrorKind::version_required);
  request.set_version(7);
  EXPECT_EQ(call<v1::Payment>(agent_, "PaymentService/TransitionPayment", request).error().kind,
            ErrorKind::stale);
}

TEST_F(PaymentsTest, DiscountsAndFeesAreAddedByHand) {
  given_payments({500'000});
  v1::CreatePaymentRequest request;
  request.set_policy_id(policy_.id());
  request.set_type(v1::PAYMENT_TYPE_EXECUTOR_FEE);
  request.set_planned_date(clock::today().str());
  money(*request.mutable_amount(), 5'000);
  const auto create = [&] {
    return call<v1::Payment>(agent_, "PaymentService/CreatePayment", request);
  };
  EXPECT_EQ(create().error().fields[0].field, "payee_user_id");
  request.set_payee_user_id(Uuid::v7().str());
  EXPECT_EQ(create().error().fields[0].code, "user_not_found");
  request.set_payee_user_id(executor_.id);

  const auto fee = must(create());

  EXPECT_NE(fee.payee_name(), "");
  EXPECT_EQ(fee.waiting_on(), "agent");
  request.set_type(v1::PAYMENT_TYPE_CLIENT_DISCOUNT);
  EXPECT_EQ(create().error().fields[0].code, "only_for_executor_fee");
  request.clear_payee_user_id();
  EXPECT_EQ(must(create()).counterparty(), "Орехов Глеб");
  request.mutable_amount()->set_amount_minor(0);
  EXPECT_EQ(create().error().fields[0].field, "amount");
  request.mutable_amount()->set_currency("USD");
  request.mutable_amount()->set_amount_minor(5);
  EXPECT_EQ(create().error().fields[0].code, "other_currency");
  request.set_type(v1::PAYMENT_TYPE_CLIENT_PREMIUM);
  EXPECT_EQ(create().error().fields[0].code, "premium_follows_schedule");
  request.set_policy_id(Uuid::v7().str());
  EXPECT_EQ(create().error().kind, ErrorKind::not_found);
}

TEST_F(PaymentsTest, AmountsFollowTheirRules) {
  const auto payments = given_payments({500'000});
  v1::UpdatePaymentRequest request;
  request.set_payment_id(payments[0].id());
  request.set_version(1);
  money(*request.mutable_amount(), 1);
  request.mutable_update_mask()->add_paths("amount");
  const auto update = [&](const Person& who) {
    return call<v1::Payment>(who, "PaymentService/UpdatePayment", request);
  };
  EXPECT_EQ(update(agent_).error().reason, "premium_follows_schedule");
  const auto commission = received(payments[1]);
  request.set_payment_id(commission.id());
  request.set_version(commission.version());
  EXPECT_EQ(update(agent_).error().reason, "only_finance_changes");
  EXPECT_EQ(update(finance_).error().fields[0].code, "received_amount_needs_note");
  request.set_note("удержан налог");
  request.mutable_update_mask()->add_paths("note");

  const auto changed = must(update(finance_));

  EXPECT_EQ(changed.amount().amount_minor(), 1);
  EXPECT_EQ(versions(changed.id())[0].note(), "удержан налог");
  request.set_version(changed.version());
  request.mutable_update_mask()->add_paths("status");
  EXPECT_EQ(update(finance_).error().fields[0].field, "status");
}

TEST_F(PaymentsTest, WhatWillNotComeIsVoidedAndCountsNoMore) {
  const auto payments = given_payments({500'000, 300'000});
  v1::VoidPaymentRequest request;
  request.set_payment_id(payments[2].id());
  request.set_version(1);
  request.set_reason("клиент отказался");

  const auto voided = must(call<v1::Payment>(agent_, "PaymentService/VoidPayment", request));

  EXPECT_TRUE(voided.voided());
  EXPECT_EQ(voided.allowed_statuses_size(), 0);
  EXPECT_EQ(call<v1::Payment>(agent_, "PaymentService/VoidPayment", request).error().reason,
            "payment_is_voided");
  const auto groups = list(finance_, "type = \"client_premium\"", "type");
  EXPECT_EQ(groups.sums(0).amount().amount_minor(), 500'000);
  EXPECT_EQ(versions(voided.id())[0].action(), "voided");
  const auto paid = received(payments[0]);
  request.set_payment_id(paid.id());
  request.set_version(paid.version());
  EXPECT_EQ(call<v1::Payment>(finance_, "PaymentService/VoidPayment", request).error().reason,
            "payment_is_received");
}

TEST_F(PaymentsTest, ABatchAnswersForEachOfItsItems) {
  const auto payments = given_payments({500'000, 300'000});
  v1::BatchPaymentsRequest request;
  request.set_status(v1::PAYMENT_STATUS_RECEIVED);
  request.set_actual_date(clock::today().str());
  for (int i = 0; i < 3; ++i) {
    const auto expected =
        i < 2 ? must(step(agent_, payments[i], v1::PAYMENT_STATUS_EXPECTED)) : payments[i];
    auto& item = *request.add_items();
    item.set_id(expected.id());
    item.set_version(expected.version());
  }
  money(*request.mutable_items(1)->mutable_amount(), 49'000);
  request.mutable_items(1)->set_note("комиссия банка");
  *request.add_items() = request.items(0);
  auto& unknown = *request.add_items();
  unknown.set_id(Uuid::v7().str());
  unknown.set_version(1);

  const auto reply = must(
      call<v1::BatchPaymentsReply>(finance_, "PaymentService/BatchPayments", request, "batch"));

  ASSERT_THAT(reply.results(), SizeIs(5));
  EXPECT_EQ(reply.results(0).payment().status(), v1::PAYMENT_STATUS_RECEIVED);
  EXPECT_EQ(reply.results(1).payment().amount().amount_minor(), 49'000);
  EXPECT_EQ(reply.results(2).error(), "payment_transition_not_allowed");
  EXPECT_EQ(reply.results(3).error(), "repeated");
  EXPECT_EQ(reply.results(4).error(), "payment_not_found");
  EXPECT_EQ(events("payments.payment.status_changed"), 4);
  must(call<v1::BatchPaymentsReply>(finance_, "PaymentService/BatchPayments", request, "batch"));
  EXPECT_EQ(events("payments.payment.status_changed"), 4);
}

TEST_F(PaymentsTest, PlanAndFactAddUp) {
  const auto payments = given_payments({500'000, 300'000});
  received(payments[0]);
  const auto commission = received(payments[1]);
  must(step(finance_, commission, v1::PAYMENT_STATUS_PAID_OUT));
  v1::CreatePaymentRequest discount;
  discount.set_policy_id(policy_.id());
  discount.set_type(v1::PAYMENT_TYPE_CLIENT_DISCOUNT);
  discount.set_planned_date(clock::today().plus_days(-3).str());
  money(*discount.mutable_amount(), 10'000);
  must(call<v1::Payment>(agent_, "PaymentService/CreatePayment", discount));

  for (const char* group_by : {"month", "insurer_id", "lead_agent_id", "product"}) {
    v1::GetPlanFactRequest request;
    request.set_group_by(group_by);
    const auto report = must(call<v1::PlanFact>(finance_, "PaymentService/GetPlanFact", request));
    ASSERT_THAT(report.totals(), SizeIs(1)) << group_by;
    const auto& total = report.totals(0);
    EXPECT_EQ(total.types(0).planned().amount_minor(), 800'000);
    EXPECT_EQ(total.types(0).received().amount_minor(), 500'000);
    EXPECT_EQ(total.types(1).paid_out().amount_minor(), 50'000);
    EXPECT_EQ(total.types(2).overdue().amount_minor(), 10'000);
    EXPECT_EQ(total.kept_planned().amount_minor(), 80'000 - 10'000);
    EXPECT_EQ(total.kept().amount_minor(), 50'000);
  }
  v1::GetPlanFactRequest wide;
  wide.set_from("2000-01-01");
  EXPECT_EQ(call<v1::PlanFact>(finance_, "PaymentService/GetPlanFact", wide).error().fields[0].code,
            "period_too_wide");
}

}  // namespace
TEST_F(PaymentsTest, DaysAddUpToTheListOfEach) {
  const auto payments = given_payments({500'000, 300'000, 200'000});
  v1::VoidPaymentRequest request;
  request.set_payment_id(payments[0].id());
  request.set_version(1);
  request.set_reason("клиент отказался");
  must(call<v1::Payment>(agent_, "PaymentService/VoidPayment", request));
  const auto sum_of = [](const auto& sums) {
    return sums.empty() ? 0 : sums.at(0).amount().amount_minor();
  };

  for (const auto& who : {finance_, agent_}) {
    const auto all = list(who, "", "planned_date");
    std::int64_t sum = 0;
    int count = 0;
    for (const auto& day : all.groups()) {
      const auto of_day = list(who, "planned_date = \"" + day.value() + "\"", "type");
      EXPECT_EQ(of_day.total_size(), day.count()) << day.value();
      EXPECT_EQ(sum_of(of_day.sums()), sum_of(day.sums())) << day.value();
      sum += sum_of(day.sums());
      count += day.count();
    }
    EXPECT_GT(all.groups_size(), 1);
    EXPECT_EQ(count, all.total_size());
    EXPECT_EQ(sum, sum_of(all.sums()));
  }
}

TEST_F(PaymentsTest, OwedPremiumsAndWhatWaitsForFinanceAreCounted) {
  const auto payments = given_payments({500'000, 300'000});
  must(step(agent_, payments[1], v1::PAYMENT_STATUS_EXPECTED));

  std::string found;
  const auto counted = apply([&](pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
    const std::vector<std::string> people = {agent_.id, executor_.id, finance_.id};
    for (const pg::Row& row : co_await count_due(tx, people, clock::today())) {
      found.append(row.text("user_id")).append(" ").append(row.text("kind")).append(" ");
      found.append(row.text("count")).append("/").append(row.text("overdue")).append(";");
    }
    co_return Result<void>();
  });
  ASSERT_TRUE(counted.ok());

  EXPECT_EQ(found, agent_.id + " premium 1/0;" + finance_.id + " confirmation 1/0;");
}

}  // namespace bordero::payments
