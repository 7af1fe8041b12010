#include "services/payments/tests/payments_fixture.hpp"

namespace bordero::payments {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Enough rows that the planner has reason to look for an index.
class PlansTest : public PaymentsTest {
 protected:
  PlansTest() {
    given_payments({500'000});
    database_.execute(R"sql(
        INSERT INTO payments (id, number, deal_id, policy_id, client_id, insurer_id, product, type,
                              planned_date, amount_minor, currency, status, actual_date,
                              confirmed_at)
        SELECT gen_random_uuid(), '2020-' || lpad(n::text, 6, '0'), p.deal_id, p.policy_id,
               p.client_id, gen_random_uuid(), 'kasko', 'client_discount',
               p.planned_date - n % 900, 100 + n, 'RUB', 'received', p.planned_date, now()
          FROM (SELECT * FROM payments LIMIT 1) p, generate_series(1, 30000) n)sql");
    database_.execute("ANALYZE payments, payment_access, deals, deal_access, policies");
  }
  std::string plan(const std::string& where, const std::string& order,
                   const std::string& from = "payments p") const {
    return database_.value(
        "SELECT string_agg(line, ' ') FROM (SELECT explained('SELECT p.id FROM " + from +
        " WHERE " + where + " ORDER BY " + order + " LIMIT 51') AS line) x");
  }
  void SetUp() override {
    database_.execute(R"sql(
        CREATE FUNCTION explained(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
        BEGIN RETURN QUERY EXECUTE 'EXPLAIN ' || statement; END $$)sql");
  }
};

TEST_F(PlansTest, EachListIsReadFromItsIndex) {
  const std::string by_date = "p.planned_date, p.id";
  const std::vector<std::pair<std::string, std::string>> lists = {
      {"true", by_date},
      {"p.status = ''expected''", by_date},
      {"p.type = ''commission_income''", by_date},
      {"p.policy_id = ''" + policy_.id() + "''", by_date},
      {"p.deal_id = ''" + deal_.id() + "''", by_date},
      {"p.insurer_id = ''" + kInsurer + "''", by_date},
      {"p.client_id = ''" + policy_.client_id() + "''", by_date},
      {"p.status IN (''planned'', ''expected'') AND NOT p.voided AND p.planned_date < ''" +
           clock::today().str() + "''",
       by_date},
      {"true", "p.actual_date, p.id"},
      {"true", "(p.amount_minor / 100.0), p.id"},
      {"true", "p.updated_at DESC, p.id DESC"},
  };
  for (const auto& [where, order] : lists) {
    const std::string explained = plan(where, order);
    EXPECT_THAT(explained, HasSubstr("Index")) << where;
    EXPECT_THAT(explained, Not(HasSubstr("Seq Scan on payments"))) << where << order << explained;
  }
}

TEST_F(PlansTest, AnAgentsListReadsTheirOwnEntriesInOrder) {
  const std::string explained =
      plan("a.user_id = ''" + agent_.id + "''", "a.planned_date, a.payment_id",
           "payment_access a JOIN payments p ON p.id = a.payment_id");

  EXPECT_THAT(explained, HasSubstr("payment_access_by_date"));
  EXPECT_THAT(explained, Not(HasSubstr("Sort")));
}

TEST_F(PlansTest, WhatIsToComeIsReadPastWhatCameLongAgo) {
  const std::string explained =
      plan("a.user_id = ''" + agent_.id +
               "'' AND a.voided = false AND (a.status = ''planned'' OR a.status = ''expected'')",
           "a.planned_date, a.payment_id",
           "payment_access a LEFT JOIN payments p ON p.id = a.payment_id");

  EXPECT_THAT(explained, HasSubstr("payment_access_open"));
  EXPECT_THAT(explained, Not(HasSubstr("Sort")));
}

TEST_F(PlansTest, PaymentsKnowWhoLeadsTheirDeal) {
  const std::string leads =
      "SELECT string_agg(DISTINCT lead_agent_id::text, ',') FROM payments "
      "WHERE deal_id = '" +
      deal_.id() + "'";
  EXPECT_EQ(database_.value(leads), agent_.id);

  crm::v1::Deal passed = deal_;
  passed.set_version(2);
  passed.set_lead_agent_id(colleague_.id);
  join(passed, colleague_, crm::v1::MEMBER_FUNCTION_LEAD_AGENT);
  keep(passed);

  EXPECT_EQ(database_.value(leads), colleague_.id);
}

TEST_F(PlansTest, AccessFollowsWhatBecomesOfAPayment) {
  const std::string id = database_.value(
      "SELECT id FROM payments WHERE status = 'planned' AND type = 'client_premium'");
  const std::string said =
      "SELECT string_agg(DISTINCT concat_ws(' ', status, voided, planned_date), ',') "
      "FROM payment_access WHERE payment_id = '" +
      id + "'";

  database_.execute(
      "UPDATE payments SET status = 'expected', planned_date = '2026-12-01' "
      "WHERE id = '" +
      id + "'");
  EXPECT_EQ(database_.value(said), "expected f 2026-12-01");
  database_.execute(
      "UPDATE payments SET voided = true, void_reason = 'policy_ended' "
      "WHERE id = '" +
      id + "'");
  EXPECT_EQ(database_.value(said), "expected t 2026-12-01");
}

}  // namespace
}  // namespace bordero::payments
