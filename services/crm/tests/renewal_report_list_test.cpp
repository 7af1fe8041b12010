#include "services/crm/tests/renewal_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::IsEmpty;

// Five that end, two of them of another client: one renewed, two lapsed, one open; one was closed
// before its end, and is in no figure.
class RenewalReportListTest : public RenewalOutlookTest {
 protected:
  RenewalReportListTest() {
    kept_ = given_ending(agent_, deal_, -20, "КСК-1");
    given_ending(agent_, deal_, -10, "КСК-2");
    given_ending(agent_, deal_, 10, "КСК-3");
    const auto early = given_ending(agent_, deal_, 15, "КСК-4");
    given_ending(colleague_, given_deal(colleague_, "Другой клиент"), -5, "КСК-5");
    renew_and_activate(kept_, "КСК-11");
    v1::ClosePolicyRequest request;
    request.set_policy_id(early.id());
    request.set_version(early.version());
    request.set_reason("Машина продана");
    must(close(agent_, request));
  }
  static std::vector<std::string> numbers(const v1::ListRenewalReportPoliciesReply& reply) {
    std::vector<std::string> all;
    for (const auto& policy : reply.policies()) all.push_back(policy.number());
    return all;
  }
  std::string first_fault(const v1::ListRenewalReportPoliciesRequest& request) {
    return testing::fault(behind(head_, request));
  }
  v1::Policy kept_;
};

TEST_F(RenewalReportListTest, SaysOfEachPolicyWhatBecameOfIt) {
  const auto reply = must(behind(head_, behind_report()));

  EXPECT_EQ(numbers(reply), (std::vector<std::string>{"КСК-1", "КСК-2", "КСК-5", "КСК-3"}));
  const auto& renewed = reply.policies(0);
  EXPECT_EQ(renewed.id(), kept_.id());
  EXPECT_EQ(renewed.outcome(), v1::RENEWAL_OUTCOME_RENEWED);
  EXPECT_EQ(renewed.successor_number(), "КСК-11");
  EXPECT_EQ(renewed.premium().amount_minor(), 10'000'000);
  EXPECT_EQ(renewed.premium_now().amount_minor(), 10'000'000);
  EXPECT_EQ(renewed.premium_now().currency(), "RUB");
  EXPECT_EQ(renewed.client_name(), deal_.client_name());
  EXPECT_EQ(renewed.insurer_name(), insurer_.short_name());
  EXPECT_EQ(renewed.lead_agent_id(), agent_.id);
  EXPECT_EQ(renewed.product(), v1::PRODUCT_KASKO);
  EXPECT_EQ(reply.policies(1).outcome(), v1::RENEWAL_OUTCOME_LAPSED);
  EXPECT_FALSE(reply.policies(1).has_premium_now());
  EXPECT_THAT(reply.policies(1).successor_id(), IsEmpty());
  EXPECT_EQ(reply.policies(3).outcome(), v1::RENEWAL_OUTCOME_OPEN);
}

TEST_F(RenewalReportListTest, AddsUpToTheReport) {
  for (const Person* who : {&agent_, &colleague_, &finance_, &head_, &admin_}) {
    const auto told = must(report(*who));
    ASSERT_EQ(told.totals_size(), 1);
    const auto& total = told.totals(0);
    auto request = behind_report();
    request.set_group_by("outcome");
    const auto reply = must(behind(*who, request));
    const auto group = [&](const std::string& outcome) {
      for (const auto& one : reply.groups()) {
        if (one.value() == outcome) return one;
      }
      return common::v1::Group();
    };
    const auto sum = [](const auto& of, const std::string& field) {
      for (const auto& one : of) {
        if (one.field() == field) return one.amount().amount_minor();
      }
      return std::int64_t{0};
    };

    EXPECT_EQ(reply.total_size(), total.ending());
    EXPECT_EQ(group("renewed").count(), total.renewed());
    EXPECT_EQ(group("lapsed").count(), total.lapsed());
    EXPECT_EQ(group("open").count(), total.open());
    EXPECT_EQ(sum(group("renewed").sums(), "premium"), total.premium_renewed().amount_minor());
    EXPECT_EQ(sum(group("lapsed").sums(), "premium"), total.premium_lapsed().amount_minor());
    EXPECT_EQ(sum(reply.sums(), "premium_now"), total.premium_now().amount_minor());
  }
}

TEST_F(RenewalReportListTest, IsForWhomTheReportIs) {
  must(add_member(agent_, deal_.id(), colleague_));

  EXPECT_EQ(must(behind(agent_, behind_report())).total_size(), 3);
  // Taking part is not leading.
  EXPECT_EQ(numbers(must(behind(colleague_, behind_report()))), std::vector<std::string>{"КСК-5"});
  EXPECT_EQ(behind(executor_, behind_report()).error().kind, ErrorKind::forbidden);
}

TEST_F(RenewalReportListTest, IsNarrowedAndReadInPages) {
  EXPECT_EQ(must(behind(head_, behind_report("outcome = lapsed"))).total_size(), 2);
  EXPECT_EQ(must(behind(head_, behind_report("outcome != renewed AND lead_agent_id = my_team()")))
                .total_size(),
            3);
  auto request = behind_report();
  request.set_page_size(3);
  request.set_order_by("effective_to desc");
  const auto first = must(behind(head_, request));
  request.set_page_token(first.next_page_token());
  const auto second = must(behind(head_, request));
  EXPECT_EQ(numbers(first), (std::vector<std::string>{"КСК-3", "КСК-5", "КСК-2"}));
  EXPECT_EQ(numbers(second), std::vector<std::string>{"КСК-1"});
  EXPECT_THAT(second.next_page_token(), IsEmpty());

  request.set_from(clock::today().plus_days(-59).str());
  EXPECT_EQ(first_fault(request), "page_token:bad_page_token");
}

TEST_F(RenewalReportListTest, RefusesWhatTheReportRefuses) {
  auto backwards = behind_report();
  backwards.set_to(clock::today().plus_days(-61).str());
  EXPECT_EQ(first_fault(backwards), "to:before_from");
  auto wide = behind_report();
  wide.set_from("2020-01-01");
  EXPECT_EQ(first_fault(wide), "to:period_too_wide");
  EXPECT_EQ(first_fault(behind_report("outcome = perhaps")), "filter:unknown_value");
  EXPECT_EQ(first_fault(behind_report("colour = red")), "filter:unknown_field");
}

}  // namespace
}  // namespace bordero::crm
