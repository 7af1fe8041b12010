#include "services/payments/src/payments/payment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::payments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date kToday = *Date::parse("2026-11-23");
constexpr Hand kAgent{.writes = true};
constexpr Hand kFinance{.writes = true, .confirms = true};
constexpr Hand kHead{};

Payment premium(v1::PaymentStatus status) { return {.status = status, .planned_on = kToday}; }

TEST(MovePayment, GoesOneStepAtATime) {
  const auto skipped =
      may_move(premium(v1::PAYMENT_STATUS_PLANNED), kFinance,
               {.to = v1::PAYMENT_STATUS_RECEIVED, .actual_date = "2026-11-20"}, kToday);

  EXPECT_EQ(skipped.error().reason, "payment_transition_not_allowed");
  EXPECT_THAT(skipped.error().allowed, ElementsAre("expected"));
  EXPECT_TRUE(may_move(premium(v1::PAYMENT_STATUS_PLANNED), kAgent,
                       {.to = v1::PAYMENT_STATUS_EXPECTED}, kToday));
}

TEST(MovePayment, MoneyIsConfirmedByFinanceWithItsDay) {
  const auto expected = premium(v1::PAYMENT_STATUS_EXPECTED);
  const Move received = {.to = v1::PAYMENT_STATUS_RECEIVED, .actual_date = "2026-11-20"};

  EXPECT_EQ(may_move(expected, kAgent, received, kToday).error().reason, "only_finance_confirms");
  EXPECT_TRUE(may_move(expected, kFinance, received, kToday));
  EXPECT_EQ(may_move(expected, kFinance, {.to = received.to}, kToday).error().fields[0].field,
            "actual_date");
  EXPECT_EQ(may_move(expected, kFinance, {.to = received.to, .actual_date = "2026-11-24"}, kToday)
                .error()
                .fields[0]
                .code,
            "in_the_future");
  EXPECT_EQ(may_move(expected, kFinance, {.to = received.to, .actual_date = "1999-11-24"}, kToday)
                .error()
                .fields[0]
                .code,
            "long_ago");
}

TEST(MovePayment, AStepBackNeedsANote) {
  const auto received = premium(v1::PAYMENT_STATUS_RECEIVED);
  const Move back = {.to = v1::PAYMENT_STATUS_EXPECTED};
  const Move noted = {.to = v1::PAYMENT_STATUS_EXPECTED, .note = "пришло по другому договору"};

  EXPECT_EQ(may_move(received, kFinance, back, kToday).error().fields[0].code,
            "step_back_needs_note");
  EXPECT_TRUE(may_move(received, kFinance, noted, kToday));
  EXPECT_EQ(may_move(received, kAgent, noted, kToday).error().kind, ErrorKind::forbidden);
}

TEST(MovePayment, WhoMayNotWriteMovesNothing) {
  const auto planned = premium(v1::PAYMENT_STATUS_PLANNED);

  EXPECT_EQ(may_move(planned, kHead, {.to = v1::PAYMENT_STATUS_EXPECTED}, kToday).error().kind,
            ErrorKind::forbidden);
  EXPECT_THAT(allowed_moves(planned, kHead), IsEmpty());
}

TEST(MovePayment, VoidedOnesStay) {
  Payment voided = premium(v1::PAYMENT_STATUS_EXPECTED);
  voided.voided = true;

  EXPECT_EQ(may_move(voided, kFinance, {.to = v1::PAYMENT_STATUS_PLANNED, .note = "n"}, kToday)
                .error()
                .reason,
            "payment_is_voided");
  EXPECT_THAT(allowed_moves(voided, kFinance), IsEmpty());
  EXPECT_FALSE(is_overdue(voided, kToday.plus_days(9)));
}

TEST(ChangePayment, PremiumsFollowTheirScheduleAndReceivedAmountsNeedANote) {
  Payment commission = premium(v1::PAYMENT_STATUS_RECEIVED);
  commission.type = v1::PAYMENT_TYPE_COMMISSION_INCOME;

  EXPECT_EQ(may_change_amount(premium(v1::PAYMENT_STATUS_PLANNED), "").error().reason,
            "premium_follows_schedule");
  EXPECT_EQ(may_change_amount(commission, " ").error().fields[0].code,
            "received_amount_needs_note");
  EXPECT_TRUE(may_change_amount(commission, "удержали налог"));
  EXPECT_EQ(may_change(commission, kAgent).error().reason, "only_finance_changes");
  EXPECT_TRUE(may_change(commission, kFinance));
}

TEST(VoidPayment, OnlyBeforeItIsReceived) {
  EXPECT_TRUE(may_void(premium(v1::PAYMENT_STATUS_EXPECTED), kAgent));
  EXPECT_EQ(may_void(premium(v1::PAYMENT_STATUS_RECEIVED), kFinance).error().reason,
            "payment_is_received");
}

TEST(WaitingOn, FollowsTypeStatusAndRoute) {
  Payment commission = premium(v1::PAYMENT_STATUS_PLANNED);
  commission.type = v1::PAYMENT_TYPE_COMMISSION_INCOME;

  EXPECT_STREQ(waiting_on(premium(v1::PAYMENT_STATUS_PLANNED), crm::v1::PAYMENT_ROUTE_DIRECT),
               "client");
  EXPECT_STREQ(waiting_on(commission, crm::v1::PAYMENT_ROUTE_GROSS), "insurer");
  EXPECT_STREQ(waiting_on(commission, crm::v1::PAYMENT_ROUTE_NET), "client");
  EXPECT_STREQ(waiting_on(premium(v1::PAYMENT_STATUS_EXPECTED), crm::v1::PAYMENT_ROUTE_DIRECT),
               "finance");
  EXPECT_STREQ(waiting_on(premium(v1::PAYMENT_STATUS_RECEIVED), crm::v1::PAYMENT_ROUTE_DIRECT), "");
  EXPECT_STREQ(waiting_on(premium(v1::PAYMENT_STATUS_RECEIVED), crm::v1::PAYMENT_ROUTE_GROSS),
               "finance");
}

TEST(Overdue, BeginsTheDayAfter) {
  EXPECT_FALSE(is_overdue(premium(v1::PAYMENT_STATUS_PLANNED), kToday));
  EXPECT_TRUE(is_overdue(premium(v1::PAYMENT_STATUS_EXPECTED), kToday.plus_days(1)));
  EXPECT_FALSE(is_overdue(premium(v1::PAYMENT_STATUS_RECEIVED), kToday.plus_days(1)));
}

}  // namespace
}  // namespace bordero::payments
