#include "platform/base/demo_people.hpp"
#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

TEST_F(CrmTest, DemoDataComeOnceAndWithTheirEvents) {
  seed(config(), {});
  seed(config(), {});

  const auto count = [&](const std::string& what) {
    return std::stoi(database_.value("SELECT count(*) FROM " + what));
  };
  EXPECT_EQ(count("clients"), 168);
  EXPECT_EQ(count("deals"), 244);
  EXPECT_EQ(count("insurers"), 10);
  EXPECT_GT(count("journal_entries"), 200);
  EXPECT_GT(count("calculations"), 100);
  EXPECT_GT(count("calculations WHERE status = 'ready'"), 30);
  EXPECT_GT(count("deals WHERE status = 'client_decision'"), 5);
  EXPECT_GT(count("deals WHERE status = 'issuance'"), 3);
  EXPECT_EQ(count("calculations WHERE valid_until < current_date"), 0);
  EXPECT_EQ(events("crm.client.created"), 168);
  EXPECT_EQ(events("crm.deal.created"), 244);
  EXPECT_GT(count("policies"), 100);
  EXPECT_GT(count("policies WHERE status = 'renewal_pending'"), 10);
  EXPECT_GT(count("deal_dates WHERE kind = 'policy_end'"), 50);
  EXPECT_GT(count("deals WHERE deadline_on < current_date"), 5);
  EXPECT_GT(count("deals WHERE deadline_on = current_date"), 3);
  EXPECT_GT(count("deals WHERE deadline_on = current_date + 1"), 3);
  EXPECT_EQ(count("deals WHERE status = 'calculation' AND executor_id IS NULL"), 0);
}

TEST_F(CrmTest, LargeDataSayWhatTriggersWouldHaveSaid) {
  const auto number = [&](const std::string& sql) { return std::stoi(database_.value(sql)); };
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE tablename = 'deals'";
  const int indexes_of_an_empty_table = number(indexes);
  seed(config(), {.large = true, .clients = 200, .deals = 600});
  seed(config(), {.large = true, .clients = 200, .deals = 600});

  EXPECT_EQ(number("SELECT count(*) FROM deals"), 844);
  EXPECT_EQ(number(R"sql(
      SELECT count(*) FROM (
        (SELECT deal_id, user_id, bool_or(function = 'lead_agent'), status, deadline_on
           FROM deal_members JOIN deals ON deals.id = deal_id GROUP BY 1, 2, 4, 5
         EXCEPT SELECT deal_id, user_id, is_lead, status, deadline_on FROM deal_access)
        UNION ALL
        (SELECT deal_id, user_id, is_lead, status, deadline_on FROM deal_access
         EXCEPT SELECT deal_id, user_id, bool_or(function = 'lead_agent'), status, deadline_on
           FROM deal_members JOIN deals ON deals.id = deal_id GROUP BY 1, 2, 4, 5)) wrong)sql"),
            0);
  EXPECT_EQ(number(R"sql(
      SELECT count(*) FROM client_access a
       WHERE deal_count <> (SELECT count(*) FROM deal_access x JOIN deals d ON d.id = x.deal_id
                             WHERE d.client_id = a.client_id AND x.user_id = a.user_id))sql"),
            0);
  EXPECT_EQ(number(R"sql(
      SELECT count(*) FROM deal_search s
       WHERE NOT (users @> (SELECT array_agg(user_id) FROM deal_access a
                             WHERE a.deal_id = s.deal_id)))sql"),
            0);
  EXPECT_EQ(number(indexes), indexes_of_an_empty_table);
  const Person first{.id = demo::extra_agent_id(1), .role = Role::agent};
  EXPECT_NO_THROW(given_deal(first));
}

}  // namespace
}  // namespace bordero::crm
