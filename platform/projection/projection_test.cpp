#include <fstream>
#include <sstream>

#include "bordero/crm/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "platform/pg/pg_fixture.hpp"
#include "platform/projection/copies.hpp"
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
      {"0002_deals.sql", text_of("platform/projection/deals.sql")},
      {"0003_client_names.sql", text_of("platform/projection/client_names.sql")}};
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
  awaitable<bool> hear_client(crm::v1::ClientUpdated message) {
    Context ctx = context();
    auto tx = co_await db_->begin(ctx);
    mq::Event event;
    event.meta.set_type("crm.client.updated");
    event.body = json::text(message);
    const auto done = co_await on_client(*tx, ctx, event);
    EXPECT_TRUE(done.ok());
    const auto kept = co_await tx->commit();
    co_return kept.ok();
  }
  // Nothing when the sides could not be compared.
  static awaitable<std::optional<common::v1::CopyComparison>> compared(Comparable& sides) {
    const auto found = co_await compare(sides);
    if (!found) co_return std::nullopt;
    co_return *found;
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

// The event of a deal was written before its client's new name, and told after it.
TEST_F(ProjectionTest, ANameFromBeforeDoesNotComeBackWithALaterEventOfTheDeal) {
  auto told = deal(1, {lead_});
  run(keep(told));
  crm::v1::ClientUpdated renamed;
  renamed.mutable_before()->set_short_name("Иванов");
  renamed.mutable_after()->set_id(told.client_id());
  renamed.mutable_after()->set_short_name("Петров");
  renamed.mutable_after()->set_version(5);
  run(hear_client(renamed));
  told.set_version(2);
  run(keep(told));

  EXPECT_EQ(copies_.value("SELECT client_name FROM deals"), "Петров");

  renamed.mutable_after()->set_short_name("Старый");
  renamed.mutable_after()->set_version(4);
  run(hear_client(renamed));
  EXPECT_EQ(copies_.value("SELECT client_name FROM deals"), "Петров");
}

// Stands for Auth and CRM, with the records of tables beside the copy's.
class Owner : public rpc::Channel {
 public:
  explicit Owner(std::vector<crm::v1::Deal> deals) : deals_(std::move(deals)) {}
  std::string digest;
  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message&) override {
    rpc::Answer answer;
    if (envelope.method.ends_with("CopyService/Digest")) {
      const auto& asked = static_cast<const common::v1::DigestRequest&>(request);
      auto reply = std::make_unique<common::v1::DigestReply>();
      if (asked.after_id().empty()) {
        reply->set_to_id(deals_.back().id());
        reply->set_count(static_cast<int>(deals_.size()));
        reply->set_digest(digest);
      }
      answer.message = std::move(reply);
    } else {
      auto reply = std::make_unique<crm::v1::ExportDealsReply>();
      for (const auto& deal : deals_) *reply->add_deals() = deal;
      answer.message = std::move(reply);
    }
    co_return answer;
  }
  bool connected() const override { return true; }

 private:
  std::vector<crm::v1::Deal> deals_;
};

TEST_F(ProjectionTest, TheComparisonTakesTheOwnersWordWhereTheCopyIsWrong) {
  const auto right = deal(3, {lead_, executor_});
  auto wrong = right;
  wrong.set_client_name("Старое имя");
  run(keep(wrong));
  copies_.execute("DELETE FROM deal_access WHERE user_id = '" + executor_ + "'");
  copies_.execute("INSERT INTO client_names VALUES ('" + right.client_id() + "', 'Ещё старее', 1)");
  rpc::Peers peers;
  peers.set("crm", std::make_unique<Owner>(std::vector<crm::v1::Deal>{right}));
  Comparable sides = comparable_deals(*db_, peers, "projection");
  sides.settle = std::chrono::milliseconds(1);

  const auto found = run(compared(sides));

  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->compared(), 1);
  EXPECT_EQ(found->different(), 1);
  EXPECT_EQ(found->repaired(), 1);
  EXPECT_EQ(found->unknown(), 0);
  EXPECT_EQ(copies_.value("SELECT client_name FROM deals"), "Иванов");
  EXPECT_EQ(copies_.value("SELECT count(*) FROM deal_access"), "2");
  EXPECT_EQ(run(compared(sides))->repaired(), 0);
}

TEST_F(ProjectionTest, TheComparisonLeavesWhatIsNewerAndTellsWhatTheOwnerHasNot) {
  auto newer = deal(4, {lead_});
  newer.set_title("Новее");
  run(keep(newer));
  auto owners = newer;
  owners.set_version(3);
  owners.set_title("Старее");
  copies_.execute(
      "INSERT INTO deals SELECT '00000000-0000-7000-8000-000000000000', number, title, client_id, "
      "client_name, status, lead_agent_id, NULL, NULL, 1 FROM deals");
  rpc::Peers peers;
  peers.set("crm", std::make_unique<Owner>(std::vector<crm::v1::Deal>{owners}));
  Comparable sides = comparable_deals(*db_, peers, "projection");
  sides.settle = std::chrono::milliseconds(1);

  const auto found = run(compared(sides));

  EXPECT_EQ(found->repaired(), 0);
  EXPECT_EQ(found->unknown(), 1);
  EXPECT_EQ(copies_.value("SELECT title FROM deals WHERE version = 4"), "Новее");
}

}  // namespace
}  // namespace bordero::projection
