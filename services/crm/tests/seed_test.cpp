#include <array>

#include "demo/people.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/seed/seed.hpp"
#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

TEST_F(CrmTest, DemoDataComeOnceAndWithTheirEvents) {
  seed(config(), {});
  seed(config(), {});

  const auto count = [&](const std::string& what) {
    return std::stoi(database_.value("SELECT count(*) FROM " + what));
  };
  const std::string today = "'" + clock::today().str() + "'";
  const std::string tomorrow = "'" + clock::today().plus_days(1).str() + "'";
  EXPECT_EQ(count("clients"), 168);
  EXPECT_EQ(count("deals"), 244);
  EXPECT_EQ(count("insurers"), 10);
  EXPECT_GT(count("journal_entries"), 200);
  EXPECT_GT(count("calculations"), 100);
  EXPECT_GT(count("calculations WHERE status = 'ready'"), 30);
  EXPECT_GT(count("deals WHERE status = 'client_decision'"), 5);
  EXPECT_GT(count("deals WHERE status = 'issuance'"), 3);
  EXPECT_EQ(count("calculations WHERE valid_until < " + today), 0);
  EXPECT_EQ(events("crm.client.created"), 168);
  EXPECT_EQ(events("crm.deal.created"), 244);
  EXPECT_GT(count("policies"), 100);
  EXPECT_GT(count("policies WHERE status = 'renewal_pending'"), 10);
  EXPECT_GT(count("deal_dates WHERE kind = 'policy_end'"), 50);
  EXPECT_GT(count("deals WHERE deadline_on < " + today), 5);
  EXPECT_GT(count("deals WHERE deadline_on = " + today), 3);
  EXPECT_GT(count("deals WHERE deadline_on = " + tomorrow), 3);
  EXPECT_EQ(count("deals WHERE status = 'calculation' AND executor_id IS NULL"), 0);
}

// What the large set must say at any size; each statement counts what is wrong.
constexpr std::array kWrongs = {
    // Access follows members, and deals tell it their status and deadline.
    R"sql((SELECT deal_id, user_id, bool_or(function = 'lead_agent'), status, deadline_on
             FROM deal_members JOIN deals ON deals.id = deal_id GROUP BY 1, 2, 4, 5
           EXCEPT SELECT deal_id, user_id, is_lead, status, deadline_on FROM deal_access)
          UNION ALL
          (SELECT deal_id, user_id, is_lead, status, deadline_on FROM deal_access
           EXCEPT SELECT deal_id, user_id, bool_or(function = 'lead_agent'), status, deadline_on
             FROM deal_members JOIN deals ON deals.id = deal_id GROUP BY 1, 2, 4, 5))sql",
    R"sql(SELECT FROM client_access a
           WHERE deal_count <> (SELECT count(*) FROM deal_access x JOIN deals d ON d.id = x.deal_id
                                 WHERE d.client_id = a.client_id AND x.user_id = a.user_id))sql",
    R"sql(SELECT FROM deal_search s
           WHERE NOT (users @> (SELECT array_agg(user_id) FROM deal_access a
                                 WHERE a.deal_id = s.deal_id)))sql",
    R"sql((SELECT p.id, a.user_id, a.is_lead, p.status, p.effective_to
             FROM policies p JOIN deal_access a ON a.deal_id = p.deal_id
           EXCEPT SELECT policy_id, user_id, is_lead, status, effective_to FROM policy_access)
          UNION ALL
          (SELECT policy_id, user_id, is_lead, status, effective_to FROM policy_access
           EXCEPT SELECT p.id, a.user_id, a.is_lead, p.status, p.effective_to
             FROM policies p JOIN deal_access a ON a.deal_id = p.deal_id))sql",
    // Chains are linked both ways, and only what ended is continued.
    R"sql(SELECT FROM policies p JOIN policies s ON s.id = p.successor_id
           WHERE p.id::text LIKE '01988c00-00b2-%'
             AND (s.predecessor_id <> p.id OR NOT s.is_renewal OR p.status <> 'closed'
                  OR p.effective_to + 1 <> s.effective_from))sql",
    // Ends of policies in force are dates of their deals, and a deal in force has one.
    R"sql(SELECT FROM policies p
           WHERE p.id::text LIKE '01988c00-00b2-%' AND (p.status <> 'closed') <>
                 EXISTS (SELECT FROM deal_dates t WHERE t.kind = 'policy_end'
                            AND (t.deal_id, t.subject_id) = (p.deal_id, p.id)
                            AND t.on_date = p.effective_to))sql",
    R"sql(SELECT FROM deals d
           WHERE d.id::text LIKE '01988c00-00d2-%' AND (d.status = 'active') <>
                 EXISTS (SELECT FROM policies p WHERE p.deal_id = d.id AND p.status <> 'closed'))sql",
    R"sql(SELECT FROM deal_dates t JOIN deals d ON d.id = t.deal_id WHERE d.status = 'closed')sql",
    // An unpaid payment is a date, a paid one is not.
    R"sql(SELECT FROM policy_payments y
           WHERE (y.status IN ('planned', 'expected')) <>
                 EXISTS (SELECT FROM deal_dates t WHERE t.kind = 'payment'
                            AND (t.deal_id, t.subject_id) = (y.deal_id, y.payment_id)))sql"};

TEST_F(CrmTest, LargeDataSayWhatTriggersWouldHaveSaid) {
  const auto number = [&](const std::string& sql) { return std::stoi(database_.value(sql)); };
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'";
  const std::string constraints = "SELECT count(*) FROM pg_constraint";
  const int indexes_of_an_empty_database = number(indexes);
  const int constraints_of_an_empty_database = number(constraints);
  const SeedOptions size{
      .large = true, .clients = 200, .deals = 600, .policies = 400, .tasks = 800};
  seed(config(), {});
  const int demo_policies = number("SELECT count(*) FROM policies");
  seed(config(), size);
  seed(config(), size);

  EXPECT_EQ(number("SELECT count(*) FROM deals"), 844);
  EXPECT_EQ(number("SELECT count(*) FROM policies"), demo_policies + 400);
  EXPECT_GT(number("SELECT count(*) FROM policies WHERE is_renewal"), 90);
  EXPECT_GT(number("SELECT count(*) FROM deals WHERE deadline_reason = 'task'"), 20);
  for (const std::string wrong : kWrongs) {
    EXPECT_EQ(number("SELECT count(*) FROM (" + wrong + ") AS wrong"), 0) << wrong;
  }
  EXPECT_EQ(number(indexes), indexes_of_an_empty_database);
  EXPECT_EQ(number(constraints), constraints_of_an_empty_database);
  const Person first{.id = demo::extra_agent_id(1), .role = Role::agent};
  EXPECT_NO_THROW(given_deal(first));
}

awaitable<bool> derive_deadlines(pg::Database& db) {
  Context ctx = system_context("test", std::chrono::minutes(1));
  auto tx = co_await db.begin(ctx);
  const auto rows =
      co_await tx->query("SELECT id FROM deals WHERE id::text LIKE '01988c00-00d2-%'");
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.text("id"));
  refresh_deadlines(*tx, ids);
  const auto done = co_await tx->commit();
  co_return done.ok();
}

TEST_F(CrmTest, LargeRenewalsAreAsTheRuleDerives) {
  seed(config(), {.large = true, .clients = 100, .deals = 300, .policies = 200, .tasks = 400});
  const std::string all =
      "SELECT md5(string_agg(concat_ws(' ', id, renewal_state, ready_quotes, "
      "renewal_premium_minor), ',' ORDER BY id)) FROM policies";
  const std::string before = database_.value(all);

  database_.execute("SELECT renewals_follow(ARRAY(SELECT DISTINCT deal_id FROM policies))");

  EXPECT_EQ(database_.value(all), before);
  EXPECT_NE(database_.value("SELECT count(*) FROM policies WHERE renewal_state = 'renewed'"), "0");
}

TEST_F(CrmTest, LargeDeadlinesAreThoseThatTheRuleDerives) {
  seed(config(), {.large = true, .clients = 100, .deals = 300, .policies = 200, .tasks = 400});
  const std::string all =
      "SELECT md5(string_agg(concat_ws(' ', id, deadline_on, deadline_reason, deadline_subject_id, "
      "deadline_waiting_on, deadline_assignee_id), ',' ORDER BY id)) FROM deals "
      "WHERE id::text LIKE '01988c00-00d2-%'";
  const std::string before = database_.value(all);

  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
  EXPECT_TRUE(run(derive_deadlines(db)));

  EXPECT_EQ(database_.value(all), before);
}

TEST_F(CrmTest, NumbersGoOnBehindAMillionInAYear) {
  database_.value("SELECT next_deal_number(2199)");
  database_.value("SELECT setval('deal_numbers_2199', 999998)");
  EXPECT_EQ(database_.value("SELECT next_deal_number(2199)"), "2199-999999");
  EXPECT_EQ(database_.value("SELECT next_deal_number(2199)"), "2199-1000000");
  EXPECT_EQ(database_.value("SELECT next_deal_number(2199)"), "2199-1000001");
}

}  // namespace
}  // namespace bordero::crm
