#include "services/crm/tests/renewal_fixture.hpp"

namespace bordero::crm {
namespace {

using ClientPoliciesTest = RenewalOutlookTest;

TEST_F(ClientPoliciesTest, CoverageGapsAreToldToWhoSeesTheClient) {
  given_ending(agent_, deal_, 100, "КСК-1");

  const auto told = must(gaps(agent_, deal_.client_id()));

  ASSERT_EQ(told.gaps_size(), 1);
  EXPECT_EQ(told.gaps(0).missing(), v1::PRODUCT_OSAGO);
  EXPECT_EQ(told.gaps(0).deal_id(), deal_.id());
  EXPECT_EQ(must(gaps(head_, deal_.client_id())).gaps_size(), 1);
  EXPECT_EQ(gaps(colleague_, deal_.client_id()).error().reason, "client_not_found");
}

TEST_F(ClientPoliciesTest, AClientShowsPoliciesInForceAndWhatTheyCostAYear) {
  given_ending(agent_, deal_, 100, "КСК-1");
  auto longer = policy_request();
  longer.set_number("ИПТ-1");
  longer.set_effective_to(clock::today().plus_days(729).str());
  must(activate(agent_, must(create(agent_, longer))));

  const auto client = must(get_client(agent_, deal_.client_id()));

  EXPECT_EQ(client.policies_in_force(), 2);
  ASSERT_EQ(client.premium_a_year_size(), 1);
  EXPECT_EQ(client.premium_a_year(0).amount_minor(), 10'000'000 + 8'450'050 / 2);
  EXPECT_EQ(client.next_date(), clock::today().plus_days(100).str());
  const auto listed = must(
      call<v1::ListClientsReply>(agent_, "ClientService/ListClients", v1::ListClientsRequest()));
  EXPECT_EQ(listed.clients(0).policies_in_force(), 2);
}

TEST_F(ClientPoliciesTest, AClientIsInactiveAfterTwoYearsWithoutAPolicy) {
  const auto policy = given_ending(agent_, deal_, 0, "КСК-1");
  v1::ClosePolicyRequest request;
  request.set_policy_id(policy.id());
  request.set_version(policy.version());
  request.set_reason("Не продлён");
  must(close(agent_, request));
  const auto status = [&] { return must(get_client(agent_, deal_.client_id())).status(); };
  const auto in_days = [](int days) { clock::shift(std::chrono::hours(24 * days)); };

  in_days(728);
  retire();
  EXPECT_EQ(status(), v1::CLIENT_STATUS_ACTIVE);

  in_days(732);
  retire();
  EXPECT_EQ(status(), v1::CLIENT_STATUS_INACTIVE);
  EXPECT_EQ(
      database_.value("SELECT headers->>'actor' FROM outbox WHERE type LIKE '%crm.client.updated' "
                      "ORDER BY seq DESC LIMIT 1"),
      "system:client_without_policies");
}

TEST_F(ClientPoliciesTest, AClientWithALaterPolicyStaysActive) {
  const auto policy = given_ending(agent_, deal_, 0, "КСК-1");
  renew_and_activate(policy, "КСК-2");
  v1::ClosePolicyRequest request;
  request.set_policy_id(policy.id());
  request.set_version(now(policy).version());
  request.set_reason("Срок истёк");
  must(close(agent_, request));

  clock::shift(std::chrono::hours(24 * 740));
  retire();

  EXPECT_EQ(must(get_client(agent_, deal_.client_id())).status(), v1::CLIENT_STATUS_ACTIVE);
}

}  // namespace
}  // namespace bordero::crm
