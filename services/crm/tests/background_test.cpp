#include "bordero/auth/v1/agency.pb.h"
#include "bordero/auth/v1/events.pb.h"
#include "bordero/auth/v1/users.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/projection/agency.hpp"
#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

// Stands for Auth: has one user to export, and an agency with a picture.
class FakeAuth : public rpc::Channel {
 public:
  explicit FakeAuth(std::string user_id) : user_id_(std::move(user_id)) {}
  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message&) override {
    rpc::Answer reply;
    if (envelope.method.ends_with("ExportAgency")) {
      auto agency = std::make_unique<auth::v1::Agency>();
      agency->set_id(agency_id_);
      agency->set_name("Из выгрузки");
      agency->set_logo_digest("первый");
      agency->set_version(3);
      reply.message = std::move(agency);
      co_return reply;
    }
    if (envelope.method.ends_with("ExportLogo")) {
      auto file = std::make_unique<common::v1::File>();
      file->set_data("PNG " + static_cast<const auth::v1::ExportLogoRequest&>(request).digest());
      reply.message = std::move(file);
      co_return reply;
    }
    const auto& asked = static_cast<const auth::v1::ExportUsersRequest&>(request);
    auto page = std::make_unique<auth::v1::ExportUsersReply>();
    if (asked.after_id().empty()) {
      auto& user = *page->add_users();
      user.set_id(user_id_);
      user.set_full_name("Из выгрузки");
      user.set_role(auth::v1::ROLE_AGENT);
      user.set_status(auth::v1::USER_STATUS_ACTIVE);
      user.set_version(1);
    }
    reply.message = std::move(page);
    co_return reply;
  }
  bool connected() const override { return true; }

  const std::string agency_id_ = Uuid::v7().str();

 private:
  std::string user_id_;
};

class BackgroundTest : public CrmTest {
 protected:
  // The relay of this very service carries it, which the exchange cannot tell from Auth's.
  void publish_as_auth(const google::protobuf::Message& event, const std::string& user_id,
                       int version) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    run(publish(db, event, user_id, version));
  }
  awaitable<bool> publish(pg::Database& db, const google::protobuf::Message& event,
                          std::string user_id, int version) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    ctx.caller = {.user_id = admin_.id, .role = Role::admin};
    auto tx = co_await db.begin(ctx);
    const mq::About about = {.entity_type = "user", .entity_id = user_id, .version = version};
    mq::publish(*tx, ctx, event, about);
    const auto kept = co_await tx->commit();
    co_return kept.ok();
  }
};

TEST_F(BackgroundTest, FollowsAuthAndSendsItsOwnEvents) {
  testing::FreshBroker broker;
  const Person newcomer;
  peers_.set("auth", std::make_unique<FakeAuth>(newcomer.id));
  Background background(io_.get_executor(), config(broker.url()), peers_);
  background.start();
  const auto deal = given_deal(agent_);
  EXPECT_TRUE(
      eventually("SELECT full_name FROM users WHERE id = '" + newcomer.id + "'", "Из выгрузки"));

  auth::v1::UserBlocked blocked;
  blocked.mutable_after()->set_id(agent_.id);
  blocked.mutable_after()->set_full_name("Заблокирован");
  blocked.mutable_after()->set_role(auth::v1::ROLE_AGENT);
  blocked.mutable_after()->set_status(auth::v1::USER_STATUS_BLOCKED);
  blocked.mutable_after()->set_version(2);
  blocked.set_successor_id(colleague_.id);
  publish_as_auth(blocked, agent_.id, 2);

  EXPECT_TRUE(
      eventually("SELECT lead_agent_id FROM deals WHERE id = '" + deal.id() + "'", colleague_.id));
  EXPECT_TRUE(eventually("SELECT count(*) FROM outbox WHERE type LIKE '%auth.user.blocked'", "0"));
  background.stop();
  run_for(std::chrono::milliseconds(50));
}

TEST_F(BackgroundTest, TheAgencyIsCopiedWithEveryPictureItHad) {
  testing::FreshBroker broker;
  auto auth = std::make_unique<FakeAuth>(Person().id);
  const std::string id = auth->agency_id_;
  peers_.set("auth", std::move(auth));
  Background background(io_.get_executor(), config(broker.url()), peers_);
  background.start();
  EXPECT_TRUE(eventually("SELECT name || version FROM agency", "Из выгрузки3"));
  EXPECT_TRUE(eventually("SELECT convert_from(data, 'UTF8') FROM agency_logos", "PNG первый"));

  auth::v1::AgencyUpdated updated;
  updated.mutable_after()->set_id(id);
  updated.mutable_after()->set_name("Меридиан");
  updated.mutable_after()->set_logo_digest("второй");
  updated.mutable_after()->set_version(4);
  publish_as_auth(updated, id, 4);

  EXPECT_TRUE(eventually("SELECT name || version FROM agency", "Меридиан4"));
  EXPECT_TRUE(eventually("SELECT string_agg(digest, ' ' ORDER BY digest) FROM agency_logos",
                         "второй первый"));
  background.stop();
  run_for(std::chrono::milliseconds(50));
}

TEST_F(BackgroundTest, ACopyOfTheAgencyThatDiffersIsMendedUnlessItIsNewer) {
  auto auth = std::make_unique<FakeAuth>(Person().id);
  const std::string id = auth->agency_id_;
  peers_.set("auth", std::move(auth));
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
  auto sides = projection::comparable_agency(db, peers_, "crm");
  sides.settle = std::chrono::milliseconds(1);
  const std::string values = "', 'Другое имя', '', '', false, '', ";
  database_.execute("INSERT INTO agency VALUES ('" + id + values + "3)");

  EXPECT_EQ(must(run(projection::compare(sides))).repaired(), 1);
  EXPECT_EQ(database_.value("SELECT name FROM agency"), "Из выгрузки");
  EXPECT_EQ(must(run(projection::compare(sides))).different(), 0);
  database_.execute("UPDATE agency SET name = 'Новее', version = 4");
  EXPECT_EQ(must(run(projection::compare(sides))).repaired(), 0);
  EXPECT_EQ(database_.value("SELECT name FROM agency"), "Новее");
}

}  // namespace
}  // namespace bordero::crm
