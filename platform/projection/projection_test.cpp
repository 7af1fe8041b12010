#include <fstream>
#include <sstream>

#include "bordero/crm/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "platform/pg/pg_fixture.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"

namespace bordero::projection {
namespace {

std::string text_of(const char* path) {
  const std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::vector<pg::Migration>& copies() {
  static const std::vector<pg::Migration> all = {
      {"0001_users.sql", text_of("platform/projection/users.sql")},
      {"0002_deals.sql", text_of("platform/projection/deals.sql")}};
  return all;
}

class ProjectionTest : public pg::PgTest {
 protected:
  void SetUp() override { open({.dsn = copies_.dsn()}); }

  crm::v1::Deal deal(int version, const std::vector<std::string>& people) {
    crm::v1::Deal made;
    made.set_id(id_);
    made.set_number("2026-000001");
    made.set_title("КАСКО");
    made.set_client_id(Uuid::v7().str());
    made.set_client_name("Иванов");
    made.set_status(crm::v1::DEAL_STATUS_DRAFT);
    made.set_version(version);
    made.set_lead_agent_id(people.front());
    for (const auto& person : people) made.add_members()->set_user_id(person);
    return made;
  }
  awaitable<bool> keep(crm::v1::Deal deal) {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    const bool newer = co_await keep_deal(*tx, deal);
    const auto done = co_await tx->commit();
    EXPECT_TRUE(done.ok());
    co_return newer;
  }
  awaitable<bool> keep(auth::v1::User user) {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    const bool newer = co_await keep_user(*tx, user);
    const auto done = co_await tx->commit();
    EXPECT_TRUE(done.ok());
    co_return newer;
  }
  awaitable<std::vector<std::string>> people() {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    co_return co_await people_of(*tx, id_);
  }

  testing::FreshDatabase copies_{"projection", copies()};
  std::string id_ = Uuid::v7().str();
  std::string lead_ = Uuid::v7().str();
  std::string executor_ = Uuid::v7().str();
};

TEST_F(ProjectionTest, ATeamFollowsItsNewestVersionWhateverTheOrder) {
  EXPECT_TRUE(run(keep(deal(1, {lead_}))));
  EXPECT_TRUE(run(keep(deal(3, {executor_}))));
  EXPECT_FALSE(run(keep(deal(2, {lead_, executor_}))));

  EXPECT_EQ(run(people()), std::vector<std::string>{executor_});
  EXPECT_EQ(copies_.value("SELECT is_lead FROM deal_access"), "t");
}

TEST_F(ProjectionTest, APersonWithTwoFunctionsIsOneMember) {
  EXPECT_TRUE(run(keep(deal(1, {lead_, lead_, executor_}))));

  EXPECT_EQ(copies_.value("SELECT count(*) FROM deal_access"), "2");
}

TEST_F(ProjectionTest, AnOlderUserIsNotTaken) {
  auth::v1::User user;
  user.set_id(lead_);
  user.set_full_name("Ирина Попова");
  user.set_role(auth::v1::ROLE_AGENT);
  user.set_status(auth::v1::USER_STATUS_ACTIVE);
  user.set_version(2);
  EXPECT_TRUE(run(keep(user)));
  user.set_version(1);
  user.set_full_name("Ирина Старова");
  EXPECT_FALSE(run(keep(user)));

  EXPECT_EQ(copies_.value("SELECT full_name FROM users"), "Ирина Попова");
}

TEST_F(ProjectionTest, EveryDealEventTellsItsDeal) {
  crm::v1::DealTeamChanged changed;
  *changed.mutable_after() = deal(4, {lead_});
  mq::Event event;
  event.meta.set_type("crm.deal.team_changed");
  event.body = json::text(changed);
  const auto told = deal_in(event);
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(told->version(), 4);

  event.meta.set_type("crm.journal.added");
  EXPECT_FALSE(deal_in(event).ok());
}

}  // namespace
}  // namespace bordero::projection
