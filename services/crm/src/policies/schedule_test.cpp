#include "services/crm/src/policies/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace bordero::crm {
namespace {

Date day(const char* text) { return *Date::parse(text); }

void add_instalment(v1::Policy& policy, const char* due_on, std::int64_t minor) {
  auto& one = *policy.add_instalments();
  one.set_due_on(due_on);
  one.mutable_amount()->set_amount_minor(minor);
  one.mutable_amount()->set_currency("RUB");
}

v1::Policy paid_at_once() {
  v1::Policy policy;
  add_instalment(policy, "2026-01-10", 100);
  return policy;
}

TEST(Schedule, InstalmentsKeepTheirIdsByNameOrDate) {
  v1::Policy before;
  add_instalment(before, "2026-01-10", 100);
  add_instalment(before, "2026-04-10", 200);
  const auto saved = continue_schedule({}, before.instalments());
  ASSERT_TRUE(saved.ok());
  v1::Policy wanted;
  add_instalment(wanted, "2026-05-10", 150);
  wanted.mutable_instalments(0)->set_id((*saved)[1].id());
  add_instalment(wanted, "2026-01-10", 100);
  add_instalment(wanted, "2026-03-01", 50);

  const auto after = continue_schedule(*saved, wanted.instalments());

  ASSERT_TRUE(after.ok());
  EXPECT_EQ((*after)[0].id(), (*saved)[0].id());
  EXPECT_EQ((*after)[1].due_on(), "2026-03-01");
  EXPECT_EQ((*after)[1].number(), 2);
  EXPECT_EQ((*after)[2].id(), (*saved)[1].id());
  wanted.mutable_instalments(2)->set_id("018f0000-0000-7000-8000-000000000000");
  EXPECT_EQ(continue_schedule(*saved, wanted.instalments()).error().fields[0].code,
            "unknown_instalment");
}

TEST(Schedule, ReceivedInstalmentsStay) {
  const auto saved = continue_schedule({}, paid_at_once().instalments());
  ASSERT_TRUE(saved.ok());
  Schedule after = *saved;
  const std::set<std::string> received = {after[0].id()};
  EXPECT_TRUE(keeps_received(*saved, after, received).ok());

  after[0].mutable_amount()->set_amount_minor(99);

  EXPECT_EQ(keeps_received(*saved, after, received).error().reason, "instalment_received");
  EXPECT_EQ(keeps_received(*saved, {}, received).error().reason, "instalment_received");
  EXPECT_TRUE(keeps_received(*saved, after, {}).ok());
}

TEST(Span, WholeMonthsAreContinuedByMonths) {
  struct Case {
    const char* from;
    const char* to;
    const char* next_to;
  };
  for (const auto& [from, to, next_to] : {
           Case{"2026-01-10", "2027-01-09", "2028-01-09"},
           Case{"2028-02-29", "2029-02-28", "2030-02-28"},
           Case{"2027-02-28", "2028-02-27", "2029-02-27"},
           Case{"2027-03-01", "2028-02-29", "2029-02-28"},
           Case{"2027-03-01", "2027-08-31", "2028-02-29"},
           Case{"2026-08-31", "2027-02-27", "2027-08-27"},
           Case{"2026-08-31", "2027-02-28", "2027-08-31"},
           Case{"2026-12-01", "2027-02-28", "2027-05-31"},
           Case{"2025-05-15", "2028-05-14", "2031-05-14"},
           Case{"2026-12-01", "2026-12-15", "2026-12-30"},
       }) {
    const Span next = next_span({day(from), day(to)});
    EXPECT_EQ(next.from.str(), day(to).plus_days(1).str());
    EXPECT_EQ(next.to.str(), next_to) << from << " to " << to;
  }
}

TEST(Span, DatesAreContinuedWithIt) {
  const Span leap = {day("2028-02-29"), day("2029-02-28")};
  EXPECT_EQ(moved_with(leap, day("2028-02-29")).str(), "2029-03-01");
  EXPECT_EQ(moved_with(leap, day("2028-08-29")).str(), "2029-09-01");
  const Span half = {day("2027-03-01"), day("2027-08-31")};
  EXPECT_EQ(moved_with(half, day("2027-06-01")).str(), "2027-12-01");
  EXPECT_EQ(moved_with(half, day("2027-06-20")).str(), "2027-12-20");
  const Span odd = {day("2026-12-01"), day("2026-12-15")};
  EXPECT_EQ(moved_with(odd, day("2026-12-03")).str(), "2026-12-18");
}

// Within a span and in order: its dates stay so in the next one.
TEST(Span, NothingLeavesTheNextOne) {
  std::mt19937 random(20261201);
  for (int i = 0; i < 5000; ++i) {
    const Date from = day("2026-01-01").plus_days(static_cast<int>(random() % 1500));
    const Span span = {from, from.plus_days(static_cast<int>(random() % 800))};
    const Span next = next_span(span);
    const auto length = static_cast<unsigned>((span.to.day - span.from.day).count()) + 1;
    const Date one = from.plus_days(static_cast<int>(random() % length));
    EXPECT_EQ(moved_with(span, from), next.from);
    EXPECT_GE(moved_with(span, one), next.from) << from.str() << span.to.str() << one.str();
    EXPECT_LE(moved_with(span, one), next.to) << from.str() << span.to.str() << one.str();
  }
}

TEST(Schedule, APremiumIsPaidOnTheSameDayOfEachMonth) {
  const auto days = [](const char* from, const char* to, int count) {
    common::v1::Money premium;
    premium.set_amount_minor(120'000'00);
    std::vector<std::string> due;
    for (const auto& one : split_premium(premium, count, {day(from), day(to)})) {
      due.push_back(one.due_on().substr(5));
    }
    return due;
  };
  using testing::ElementsAre;
  EXPECT_THAT(days("2026-12-01", "2027-11-30", 12),
              ElementsAre("12-01", "01-01", "02-01", "03-01", "04-01", "05-01", "06-01", "07-01",
                          "08-01", "09-01", "10-01", "11-01"));
  EXPECT_THAT(days("2026-08-31", "2027-08-30", 12),
              ElementsAre("08-31", "09-30", "10-31", "11-30", "12-31", "01-31", "02-28", "03-31",
                          "04-30", "05-31", "06-30", "07-31"));
  EXPECT_THAT(days("2026-12-01", "2027-11-30", 4), ElementsAre("12-01", "03-01", "06-01", "09-01"));
  EXPECT_THAT(days("2026-12-01", "2027-11-15", 12), testing::Contains("02-01"));
  EXPECT_THAT(days("2028-02-29", "2029-02-28", 2), ElementsAre("02-29", "08-29"));
  EXPECT_THAT(days("2026-12-01", "2026-12-30", 3), ElementsAre("12-01", "12-11", "12-21"));
}

TEST(Schedule, APremiumSplitsToTheKopeck) {
  std::mt19937 random(20261123);
  const Span span = {day("2026-01-10"), day("2027-01-09")};
  for (int i = 0; i < 500; ++i) {
    common::v1::Money premium;
    premium.set_currency("RUB");
    premium.set_amount_minor(1 + static_cast<std::int64_t>(random() % 100'000'000));
    const int count = 1 + static_cast<int>(random() % 12);
    std::int64_t sum = 0;
    for (const auto& one : split_premium(premium, count, span)) {
      EXPECT_GT(one.amount().amount_minor(), 0);
      EXPECT_GE(one.due_on(), span.from.str());
      EXPECT_LE(one.due_on(), span.to.str());
      sum += one.amount().amount_minor();
    }
    EXPECT_EQ(sum, premium.amount_minor());
  }
}

TEST(Schedule, TheNextInstalmentIsTheFirstFromTodayOnWhileInForce) {
  v1::Policy policy;
  policy.set_status(v1::POLICY_STATUS_RENEWAL_PENDING);
  for (const char* due_on : {"2026-03-01", "2026-06-01", "2026-09-01"}) {
    policy.add_instalments()->set_due_on(due_on);
  }
  const auto due_after = [&](const char* today) {
    const auto next = next_instalment(policy, *Date::parse(today));
    return next ? next->due_on() : "none";
  };

  EXPECT_EQ(due_after("2026-06-01"), "2026-06-01");
  EXPECT_EQ(due_after("2026-06-02"), "2026-09-01");
  EXPECT_EQ(due_after("2026-09-02"), "none");
  for (const auto status : {v1::POLICY_STATUS_DRAFT, v1::POLICY_STATUS_CLOSED}) {
    policy.set_status(status);
    EXPECT_EQ(due_after("2026-01-01"), "none");
  }
}

TEST(Schedule, ContinuesAYearLaterWithNewIds) {
  const auto saved = continue_schedule({}, paid_at_once().instalments());
  ASSERT_TRUE(saved.ok());

  const Schedule moved = moved_schedule(*saved, {day("2026-01-10"), day("2027-01-09")});

  EXPECT_EQ(moved[0].due_on(), "2027-01-10");
  EXPECT_EQ(moved[0].amount().amount_minor(), 100);
  EXPECT_NE(moved[0].id(), (*saved)[0].id());
}

}  // namespace
}  // namespace bordero::crm
