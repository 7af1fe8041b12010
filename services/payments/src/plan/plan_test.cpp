#include "services/payments/src/plan/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace bordero::payments {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const Date kFirst = *Date::parse("2026-01-15");
constexpr auto kPremium = v1::PAYMENT_TYPE_CLIENT_PREMIUM;
constexpr auto kCommission = v1::PAYMENT_TYPE_COMMISSION_INCOME;

Schedule two_instalments() {
  return {.lines = {{"a", 1, kFirst, 5'000'00}, {"b", 2, kFirst.plus_days(90), 3'000'00}},
          .terms = Terms{.rate_units = 100'000},
          .payout_days = 30};
}

Existing existing_of(const Wanted& wanted, v1::PaymentStatus status = v1::PAYMENT_STATUS_PLANNED) {
  return {.id = wanted.line.instalment_id + (wanted.type == kPremium ? "-premium" : "-commission"),
          .type = wanted.type,
          .instalment_id = wanted.line.instalment_id,
          .status = status,
          .computed_minor = wanted.minor,
          .computed_on = wanted.planned_on};
}
std::vector<Existing> all_existing(const Schedule& schedule) {
  std::vector<Existing> all;
  for (const auto& wanted : wanted_payments(schedule)) all.push_back(existing_of(wanted));
  return all;
}

TEST(PlanOfAPolicy, HasAPremiumAndACommissionForEachInstalment) {
  const auto wanted = wanted_payments(two_instalments());

  ASSERT_THAT(wanted, SizeIs(4));
  EXPECT_EQ(wanted[0].type, kPremium);
  EXPECT_EQ(wanted[0].minor, 5'000'00);
  EXPECT_EQ(wanted[0].planned_on, kFirst);
  EXPECT_EQ(wanted[1].type, kCommission);
  EXPECT_EQ(wanted[1].minor, 500'00);
  EXPECT_EQ(wanted[1].planned_on, kFirst.plus_days(30));
}

TEST(PlanOfAPolicy, HasNoCommissionWithoutTerms) {
  Schedule schedule = two_instalments();
  schedule.terms.reset();

  EXPECT_THAT(wanted_payments(schedule), SizeIs(2));
}

TEST(Replan, ChangesNothingWhenNothingChanged) {
  const Schedule schedule = two_instalments();

  const Replan plan = replan(schedule, all_existing(schedule));

  EXPECT_THAT(plan.add, IsEmpty());
  EXPECT_THAT(plan.change, IsEmpty());
  EXPECT_THAT(plan.drop, IsEmpty());
}

TEST(Replan, AmountsAndDatesFollowTheSchedule) {
  Schedule schedule = two_instalments();
  const auto existing = all_existing(schedule);
  schedule.lines[1].minor = 4'000'00;
  schedule.lines[0].due_on = kFirst.plus_days(3);

  const Replan plan = replan(schedule, existing);

  ASSERT_THAT(plan.change, SizeIs(4));
  EXPECT_TRUE(plan.change[0].new_date);
  EXPECT_FALSE(plan.change[0].new_amount);
  EXPECT_TRUE(plan.change[3].new_amount);
  EXPECT_EQ(plan.change[3].wanted.minor, 400'00);
}

TEST(Replan, ReceivedPaymentsStay) {
  Schedule schedule = two_instalments();
  auto existing = all_existing(schedule);
  for (auto& payment : existing) {
    if (payment.instalment_id == "a") payment.status = v1::PAYMENT_STATUS_RECEIVED;
  }
  schedule.lines.erase(schedule.lines.begin());

  const Replan plan = replan(schedule, existing);

  EXPECT_THAT(plan.drop, IsEmpty());
  EXPECT_THAT(plan.add, IsEmpty());
}

TEST(Replan, CommissionOfAPaidInstalmentStaysOwed) {
  Schedule schedule = two_instalments();
  auto existing = all_existing(schedule);
  existing[0].status = v1::PAYMENT_STATUS_PAID_OUT;
  schedule.lines.erase(schedule.lines.begin());

  EXPECT_THAT(replan(schedule, existing).drop, IsEmpty());
}

TEST(Replan, DroppedInstalmentsAreVoided) {
  Schedule schedule = two_instalments();
  const auto existing = all_existing(schedule);
  schedule.lines.pop_back();

  const Replan plan = replan(schedule, existing);

  ASSERT_THAT(plan.drop, SizeIs(2));
  EXPECT_EQ(plan.drop[0].id, "b-premium");
  EXPECT_STREQ(plan.drop[0].reason, "instalment_dropped");
}

TEST(Replan, WhatWasDueAfterAnEarlyEndIsVoided) {
  Schedule schedule = two_instalments();
  const auto existing = all_existing(schedule);
  schedule.ended_on = kFirst;

  const Replan plan = replan(schedule, existing);

  ASSERT_THAT(plan.drop, SizeIs(2));
  EXPECT_STREQ(plan.drop[0].reason, "policy_ended");
  EXPECT_THAT(plan.change, IsEmpty());  // The first commission is still owed in full.
}

TEST(Replan, CommissionIsDroppedWithItsTerms) {
  Schedule schedule = two_instalments();
  const auto existing = all_existing(schedule);
  schedule.terms.reset();

  const Replan plan = replan(schedule, existing);

  ASSERT_THAT(plan.drop, SizeIs(2));
  EXPECT_STREQ(plan.drop[0].reason, "commission_dropped");
}

// Whatever happened to a schedule, applying its plan gives what was wanted, and applying it again
// changes nothing.
TEST(Replan, ReachesTheScheduleInOneStepForRandomChanges) {
  std::mt19937 random(7);
  const auto between = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  const auto random_schedule = [&] {
    Schedule schedule{.lines = {}, .terms = Terms{.rate_units = between(1, 1'000'000)}};
    schedule.payout_days = between(0, 60);
    for (int id = 0; id < 8; ++id) {
      if (between(0, 1) == 0) continue;
      schedule.lines.push_back(
          {std::to_string(id), id, kFirst.plus_days(30 * id + between(0, 9)), between(1, 50'000)});
    }
    if (between(0, 3) == 0) schedule.ended_on = kFirst.plus_days(between(0, 300));
    return schedule;
  };
  for (int round = 0; round < 3'000; ++round) {
    const Schedule before = random_schedule();
    const Schedule after = random_schedule();
    std::map<std::string, Existing> there;
    for (const auto& payment : all_existing(before)) there.emplace(payment.id, payment);

    std::vector<Existing> existing;
    for (const auto& [id, payment] : there) existing.push_back(payment);
    const Replan plan = replan(after, existing);
    for (const auto& dropped : plan.drop) there.erase(dropped.id);
    for (const auto& change : plan.change) there.at(change.id) = existing_of(change.wanted);
    for (const auto& wanted : plan.add) {
      const auto payment = existing_of(wanted);
      ASSERT_TRUE(there.emplace(payment.id, payment).second);
    }

    const auto wanted = wanted_payments(after);
    ASSERT_EQ(there.size(), wanted.size());
    std::int64_t premiums = 0;
    std::int64_t due = 0;
    for (const auto& one : wanted) {
      const auto& payment = there.at(existing_of(one).id);
      ASSERT_EQ(payment.computed_minor, one.minor);
      ASSERT_EQ(payment.computed_on, one.planned_on);
      if (one.type == kPremium) premiums += one.minor;
    }
    for (const auto& line : after.lines) {
      if (!after.ended_on || line.due_on <= *after.ended_on) due += line.minor;
    }
    ASSERT_EQ(premiums, due);
    existing.clear();
    for (const auto& [id, payment] : there) existing.push_back(payment);
    const Replan again = replan(after, existing);
    ASSERT_TRUE(again.add.empty() && again.change.empty() && again.drop.empty());
  }
}

}  // namespace
}  // namespace bordero::payments
