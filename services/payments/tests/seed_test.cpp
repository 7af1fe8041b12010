#include "services/payments/src/seed/seed.hpp"
#include "bordero/payments/v1/events.pb.h"
#include "demo/people.hpp"
#include "platform/reminders/engine.hpp"
#include "services/payments/src/reminders/payment_rules.hpp"
#include "services/payments/tests/payments_fixture.hpp"

namespace bordero::payments {
namespace {

const SeedOptions kSmall{
    .large = true, .clients = 500, .deals = 1'500, .policies = 1'000, .tasks = 2'000};

// What the large set must say at any size; each statement counts what is wrong.
constexpr std::array kWrongs = {
    R"sql((SELECT p.id, a.user_id, a.deal_id, a.is_lead, p.planned_date, p.status, p.voided
             FROM payments p JOIN deal_access a ON a.deal_id = p.deal_id
           EXCEPT SELECT payment_id, user_id, deal_id, is_lead, planned_date, status, voided
             FROM payment_access)
          UNION ALL
          (SELECT payment_id, user_id, deal_id, is_lead, planned_date, status, voided
             FROM payment_access
           EXCEPT SELECT p.id, a.user_id, a.deal_id, a.is_lead, p.planned_date, p.status, p.voided
             FROM payments p JOIN deal_access a ON a.deal_id = p.deal_id))sql",
    R"sql(SELECT FROM deals d
           WHERE NOT EXISTS (SELECT FROM deal_access a
                              WHERE (a.deal_id, a.user_id) = (d.id, d.lead_agent_id)
                                AND a.is_lead))sql",
    // Premiums add up to the policy's, and payments are copied from their policy.
    R"sql(SELECT FROM policies o
           WHERE o.id::text LIKE '01988c00-00b2-%'
             AND (o.policy->'premium'->>'amount')::numeric * 100 <>
                 (SELECT sum(p.amount_minor) FROM payments p
                   WHERE p.policy_id = o.id AND p.type = 'client_premium'))sql",
    R"sql(SELECT FROM payments p JOIN policies o ON o.id = p.policy_id
           WHERE (p.deal_id, p.client_id, p.insurer_id, p.product) <>
                 (o.deal_id, o.client_id, o.insurer_id, o.product))sql",
    R"sql(SELECT FROM payments p JOIN deals d ON d.id = p.deal_id
           WHERE p.lead_agent_id IS DISTINCT FROM d.lead_agent_id)sql",
    R"sql(SELECT FROM payments p JOIN policies o ON o.id = p.policy_id
           WHERE o.id::text LIKE '01988c00-00b2-%' AND o.status = 'closed'
             AND p.status IN ('planned', 'expected'))sql"};

awaitable<Result<int>> fire(pg::Database& db) {
  reminders::Engine engine(db, {.service = "payments", .at = std::chrono::minutes(0)},
                           payment_rules(), reminders::event_of<v1::PaymentReminderDue>());
  co_return co_await engine.run();
}

class LargePaymentsTest : public PaymentsTest {
 protected:
  Config owners_config() const {
    Config with_owner = config();
    with_owner.pg_migrate_dsn = database_.owner_dsn();
    return with_owner;
  }
  int number(const std::string& sql) const { return std::stoi(database_.value(sql)); }
};

TEST_F(LargePaymentsTest, SayWhatTriggersAndThePlannerWouldHaveSaid) {
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'";
  const std::string constraints = "SELECT count(*) FROM pg_constraint";
  const int indexes_of_an_empty_database = number(indexes);
  const int constraints_of_an_empty_database = number(constraints);
  seed(owners_config(), kSmall);
  seed(owners_config(), kSmall);

  const std::string large = " WHERE id::text LIKE '01988c00-00b6-%'";
  EXPECT_EQ(number("SELECT count(*) FROM payments" + large), 4'000);
  EXPECT_EQ(number("SELECT count(DISTINCT type) FROM payments" + large), 4);
  EXPECT_EQ(number("SELECT count(*) FROM deals"), 1'500);
  EXPECT_EQ(database_.value("SELECT done FROM projection_imports WHERE name = 'deals'"), "t");
  for (const std::string wrong : kWrongs) {
    EXPECT_EQ(number("SELECT count(*) FROM (" + wrong + ") AS wrong"), 0) << wrong;
  }
  EXPECT_EQ(number(indexes), indexes_of_an_empty_database);
  EXPECT_EQ(number(constraints), constraints_of_an_empty_database);
}

TEST_F(LargePaymentsTest, StayAsTheyAreWhenTheirPolicyIsPlannedAnew) {
  seed(owners_config(), kSmall);
  const std::string all =
      "SELECT md5(string_agg(concat_ws(' ', id, amount_minor, planned_date, computed_minor, "
      "computed_on, instalment_number, basis, status, voided), ',' ORDER BY id)) FROM payments";
  const std::string before = database_.value(all);

  const auto policies = number(
      "SELECT count(*) FROM policies WHERE id::text LIKE "
      "'01988c00-00b2-%' AND status <> 'closed'");
  EXPECT_GT(policies, 50);
  for (int i = 0; i < 40; ++i) {
    crm::v1::Policy policy;
    const std::string kept = database_.value(
        "SELECT policy FROM policies WHERE id::text LIKE '01988c00-00b2-%' AND status <> 'closed' "
        "ORDER BY id OFFSET " +
        std::to_string(i) + " LIMIT 1");
    ASSERT_TRUE(json::parse_stored(kept, policy).ok());
    policy.set_version(2);
    tell_updated(policy);
  }

  EXPECT_EQ(database_.value(all), before);
}

TEST_F(LargePaymentsTest, OnlyTodayIsLeftToRemindOf) {
  seed(owners_config(), kSmall);
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
  const std::string told =
      "SELECT count(*) FROM fired_reminders WHERE fires_on < '" + clock::today().str() + "'";
  database_.execute(
      "DELETE FROM fired_reminders f USING payments p WHERE p.id = f.subject_id "
      "AND p.id::text NOT LIKE '01988c00-00b6-%'");
  database_.execute(
      "UPDATE payments SET dated_at = now() WHERE id::text NOT LIKE "
      "'01988c00-00b6-%'");
  const int before = number(told);
  EXPECT_GT(before, 5);

  const auto fired = run(fire(db));
  ASSERT_TRUE(fired.ok());

  EXPECT_EQ(number(told), before);
}

TEST_F(LargePaymentsTest, NumbersGoOnBehindAMillionInAYear) {
  database_.value("SELECT next_payment_number(2199)");
  database_.value("SELECT setval('payment_numbers_2199', 999998)");
  EXPECT_EQ(database_.value("SELECT next_payment_number(2199)"), "2199-999999");
  EXPECT_EQ(database_.value("SELECT next_payment_number(2199)"), "2199-1000000");
  EXPECT_EQ(database_.value("SELECT next_payment_number(2199)"), "2199-1000001");
}

}  // namespace
}  // namespace bordero::payments
