#include "bordero/auth/v1/events.pb.h"
#include "platform/json/json.hpp"
#include "services/crm/src/users/handover_job.hpp"
#include "services/crm/src/users/on_user_changed.hpp"
#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

class UsersTest : public CrmTest {
 protected:
  auth::v1::User user(const Person& person, auth::v1::UserStatus status, int version) {
    auth::v1::User user;
    user.set_id(person.id);
    user.set_full_name("Новое Имя");
    user.set_role(auth::v1::ROLE_AGENT);
    user.set_status(status);
    user.set_version(version);
    return user;
  }
  mq::Event event_of(const char* type, const google::protobuf::Message& message) {
    mq::Event event;
    event.meta.set_id(Uuid::v7().str());
    event.meta.set_type(type);
    event.meta.set_actor(admin_.id);
    event.body = json::text(message);
    return event;
  }
  template <class Handler>
  void hear(Handler handler, const mq::Event& event) {
    run(apply(handler, event));
  }
  template <class Handler>
  awaitable<bool> apply(Handler handler, mq::Event event) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    auto tx = co_await db_.begin(ctx);
    const auto done = co_await handler(*tx, ctx, event);
    EXPECT_TRUE(done.ok());
    const auto kept = co_await tx->commit();
    co_return kept.ok();
  }
  void block(const Person& person, const std::string& successor_id) {
    auth::v1::UserBlocked event;
    *event.mutable_after() = user(person, auth::v1::USER_STATUS_BLOCKED, 2);
    event.set_successor_id(successor_id);
    hear(on_user_blocked, event_of("auth.user.blocked", event));
    while (*run(hand_over_some(db_, redis_))) {
    }
  }

  pg::Database db_{io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 2}};
  redis::Client redis_{io_.get_executor(), redis_url_};
};

TEST_F(UsersTest, CopyFollowsAndSkipsWhatIsOlder) {
  auth::v1::UserUpdated event;
  *event.mutable_after() = user(agent_, auth::v1::USER_STATUS_ACTIVE, 3);
  hear(on_user_changed, event_of("auth.user.updated", event));
  EXPECT_EQ(given_deal(agent_).lead_agent_name(), "Новое Имя");

  event.mutable_after()->set_version(2);
  event.mutable_after()->set_full_name("Старое Имя");
  hear(on_user_changed, event_of("auth.user.updated", event));
  EXPECT_EQ(given_deal(agent_).lead_agent_name(), "Новое Имя");
}

TEST_F(UsersTest, DealsOfABlockedLeadGoToTheSuccessor) {
  const auto led = given_deal(agent_);
  const auto helped = given_deal(admin_);
  must(add_member(admin_, helped.id(), agent_));

  block(agent_, colleague_.id);

  const auto handed = must(get_deal(colleague_, led.id()));
  EXPECT_EQ(handed.lead_agent_id(), colleague_.id);
  EXPECT_EQ(handed.members_size(), 1);
  EXPECT_EQ(handed.version(), 2);
  EXPECT_EQ(must(get_deal(admin_, helped.id())).members_size(), 1);
  EXPECT_EQ(list_deals(agent_).total_size(), 0);
  EXPECT_EQ(events("crm.deal.team_changed"), 3);
  EXPECT_EQ(database_.value("SELECT count(*) FROM handovers"), "0");
}

TEST_F(UsersTest, WithoutAFittingSuccessorDealsGoToTheAdminWhoBlocked) {
  const auto led = given_deal(agent_);

  block(agent_, executor_.id);

  EXPECT_EQ(must(get_deal(admin_, led.id())).lead_agent_id(), admin_.id);
}

TEST_F(UsersTest, ManyDealsAreHandedOverInSteps) {
  const auto client = given_client(agent_);
  for (int i = 0; i < 60; ++i) given_deal_of(agent_, client.id());

  block(agent_, colleague_.id);

  EXPECT_EQ(list_deals(colleague_, "lead_agent_id = \"" + colleague_.id + "\"").total_size(), 60);
  EXPECT_TRUE(get_client(colleague_, client.id()).ok());
}

TEST_F(UsersTest, BlockedPeopleTakeNoFunction) {
  block(colleague_, "");
  const auto deal = given_deal(agent_);

  EXPECT_EQ(add_member(agent_, deal.id(), colleague_).error().reason, "user_not_active");
}

}  // namespace
}  // namespace bordero::crm
