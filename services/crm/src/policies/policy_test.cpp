#include "services/crm/src/policies/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "services/crm/src/policies/schedule.hpp"

namespace bordero::crm {
namespace {

constexpr auto kDraft = v1::POLICY_STATUS_DRAFT;
constexpr auto kActive = v1::POLICY_STATUS_ACTIVE;
constexpr auto kPending = v1::POLICY_STATUS_RENEWAL_PENDING;
constexpr auto kClosed = v1::POLICY_STATUS_CLOSED;

Date day(const char* text) { return *Date::parse(text); }

Policy whole(v1::PolicyStatus status) {
  return {.status = status,
          .has_number = true,
          .effective_from = day("2026-01-10"),
          .effective_to = day("2027-01-09"),
          .premium_minor = 100};
}

void add_instalment(v1::Policy& policy, const std::string& due_on, std::int64_t minor) {
  auto& one = *policy.add_instalments();
  one.set_due_on(due_on);
  one.mutable_amount()->set_amount_minor(minor);
  one.mutable_amount()->set_currency("RUB");
}

v1::Policy fitting(std::int64_t premium = 8'000'000) {
  v1::Policy policy;
  policy.set_insurer_id("i");
  policy.set_product(v1::PRODUCT_KASKO);
  policy.set_effective_from("2026-01-10");
  policy.set_effective_to("2027-01-09");
  policy.mutable_premium()->set_amount_minor(premium);
  policy.mutable_premium()->set_currency("RUB");
  add_instalment(policy, "2026-01-10", premium);
  return policy;
}

std::string refusal(const Result<void>& result) {
  if (result) return "allowed";
  if (result.error().fields.empty()) return result.error().reason;
  return result.error().fields[0].field + " " + result.error().fields[0].code;
}

TEST(MovePolicy, EveryPairOfStatusesIsAllowedOrRefused) {
  const std::map<v1::PolicyStatus, std::vector<v1::PolicyStatus>> allowed = {
      {kDraft, {kActive}},
      {kActive, {kPending, kClosed}},
      {kPending, {kActive, kClosed}},
      {kClosed, {}}};
  for (const auto& [from, targets] : allowed) {
    for (const auto to : {kDraft, kActive, kPending, kClosed}) {
      const bool expected = std::count(targets.begin(), targets.end(), to) > 0;
      EXPECT_EQ(may_move(whole(from), to).ok(), expected) << from << " to " << to;
    }
    EXPECT_EQ(allowed_moves(whole(from)), targets);
  }
}

TEST(MovePolicy, ADraftIsConfirmedFirst) {
  Policy draft = whole(kDraft);
  draft.has_number = false;
  draft.premium_minor = 0;

  const auto moved = may_move(draft, kActive);

  EXPECT_EQ(moved.error().reason, "policy_incomplete");
  ASSERT_EQ(moved.error().fields.size(), 2U);
  EXPECT_EQ(moved.error().fields[0].field, "number");
  EXPECT_EQ(moved.error().fields[1].field, "premium");
}

TEST(MovePolicy, NothingMovesInAClosedDeal) {
  Policy policy = whole(kActive);
  policy.deal_is_open = false;

  EXPECT_EQ(refusal(may_move(policy, kClosed)), "deal_is_closed");
  EXPECT_EQ(refusal(may_change(policy)), "deal_is_closed");
  EXPECT_TRUE(allowed_moves(policy).empty());
}

TEST(RenewPolicy, OnlyWhatIsInForceAndOnce) {
  EXPECT_TRUE(may_renew(whole(kActive)).ok());
  EXPECT_TRUE(may_renew(whole(kPending)).ok());
  EXPECT_EQ(refusal(may_renew(whole(kDraft))), "policy_is_draft");
  EXPECT_EQ(refusal(may_renew(whole(kClosed))), "policy_is_closed");
  Policy renewed = whole(kActive);
  renewed.has_successor = true;
  EXPECT_EQ(refusal(may_renew(renewed)), "policy_already_renewed");
}

TEST(RenewalDeal, OfWhatIsInForceOrHasLapsedAndOneAtATime) {
  EXPECT_TRUE(may_open_renewal_deal(whole(kPending)).ok());
  Policy lapsed = whole(kClosed);
  lapsed.deal_is_open = false;
  EXPECT_TRUE(may_open_renewal_deal(lapsed).ok());
  lapsed.ended_early = true;
  EXPECT_EQ(refusal(may_open_renewal_deal(lapsed)), "policy_ended_early");
  EXPECT_EQ(refusal(may_open_renewal_deal(whole(kDraft))), "policy_is_draft");
  Policy drafted = whole(kActive);
  drafted.has_successor = true;
  EXPECT_EQ(refusal(may_open_renewal_deal(drafted)), "policy_already_renewed");
  Policy with_deal = whole(kActive);
  with_deal.has_renewal_deal = true;
  EXPECT_EQ(refusal(may_open_renewal_deal(with_deal)), "renewal_deal_exists");
  EXPECT_EQ(refusal(may_renew(with_deal)), "renewal_deal_exists");
}

TEST(ClosePolicy, WithinItsTimeAndNotInTheFuture) {
  const Policy policy = whole(kActive);

  EXPECT_EQ(closing_date(policy, {}, day("2026-05-01"))->str(), "2026-05-01");
  EXPECT_EQ(closing_date(policy, {}, day("2027-05-01"))->str(), "2027-01-09");
  EXPECT_EQ(closing_date(policy, day("2026-04-30"), day("2026-05-01"))->str(), "2026-04-30");
  EXPECT_EQ(closing_date(policy, day("2026-05-02"), day("2026-05-01")).error().fields[0].code,
            "in_the_future");
  EXPECT_EQ(closing_date(policy, day("2027-01-10"), day("2027-05-01")).error().fields[0].code,
            "after_effective_to");
}

TEST(CheckPolicy, NamesWhatDoesNotFit) {
  EXPECT_EQ(refusal(check_policy(fitting())), "allowed");
  v1::Policy policy = fitting();
  policy.mutable_instalments(0)->mutable_amount()->set_amount_minor(7'999'999);
  EXPECT_EQ(refusal(check_policy(policy)), "instalments do_not_add_up");
  policy = fitting();
  policy.mutable_instalments(0)->mutable_amount()->set_currency("USD");
  EXPECT_EQ(refusal(check_policy(policy)), "instalments[0].amount other_currency");
  policy = fitting();
  add_instalment(policy, "2026-02-01", 0);
  EXPECT_EQ(refusal(check_policy(policy)), "instalments[1].amount too_small");
  policy = fitting();
  policy.set_effective_to("2026-01-09");
  EXPECT_EQ(refusal(check_policy(policy)), "effective_to before_effective_from");
  policy = fitting();
  policy.set_commission_rate("100.5");
  EXPECT_EQ(refusal(check_policy(policy)), "commission_rate not_a_percentage");
  policy = fitting();
  policy.set_commission_rate("0x10");
  EXPECT_EQ(refusal(check_policy(policy)), "commission_rate not_a_percentage");
  policy.set_commission_rate("18.12345");
  EXPECT_EQ(refusal(check_policy(policy)), "commission_rate not_a_percentage");
  policy.set_commission_rate("18.1234");
  EXPECT_EQ(refusal(check_policy(policy)), "allowed");
  policy = fitting();
  policy.clear_product();
  EXPECT_EQ(refusal(check_policy(policy)), "product required");
}

TEST(CheckPolicy, AnnualPeriodsFillTheTimeAndAddUp) {
  v1::Policy policy = fitting(300);
  policy.set_effective_to("2028-01-09");
  const auto add = [&](const char* from, const char* to, std::int64_t minor) {
    auto& period = *policy.add_periods();
    period.set_starts_on(from);
    period.set_ends_on(to);
    period.mutable_premium()->set_amount_minor(minor);
    period.mutable_premium()->set_currency("RUB");
  };
  add("2026-01-10", "2027-01-09", 100);
  EXPECT_EQ(refusal(check_policy(policy)), "periods do_not_reach_the_end");
  add("2027-01-11", "2028-01-09", 200);
  EXPECT_EQ(refusal(check_policy(policy)), "periods[1].starts_on not_continuous");
  policy.mutable_periods(1)->set_starts_on("2027-01-10");
  EXPECT_EQ(refusal(check_policy(policy)), "allowed");
  policy.mutable_periods(1)->mutable_premium()->set_amount_minor(201);
  EXPECT_EQ(refusal(check_policy(policy)), "periods do_not_add_up");
}

TEST(NextSpan, KeepsWholeYearsAndDays) {
  const auto next = [](const char* from, const char* to) {
    const Span span = next_span({day(from), day(to)});
    return span.from.str() + " " + span.to.str();
  };
  EXPECT_EQ(next("2026-01-10", "2027-01-09"), "2027-01-10 2028-01-09");
  EXPECT_EQ(next("2023-03-01", "2024-02-29"), "2024-03-01 2025-02-28");
  EXPECT_EQ(next("2024-02-29", "2025-02-27"), "2025-02-28 2026-02-27");
  EXPECT_EQ(next("2026-06-01", "2026-06-14"), "2026-06-15 2026-06-28");
  EXPECT_EQ(next("2026-01-01", "2028-12-31"), "2029-01-01 2031-12-31");
}

}  // namespace
}  // namespace bordero::crm
