#include "bordero/auth/v1/events.pb.h"
#include "bordero/common/v1/background.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/testing/service_test.hpp"
#include "services/@word@/src/service.hpp"

namespace bordero::@name@ {
namespace {

// Stands for Auth, which has nobody to export.
class EmptyAuth : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message&,
                                const rpc::Message& reply) override {
    rpc::Answer answer;
    answer.message.reset(reply.New());
    co_return answer;
  }
  bool connected() const override { return true; }
};

class ServiceTest : public testing::ServiceTest {
 protected:
  ServiceTest() : testing::ServiceTest("@name@", migrations()) {
    peers_.set("auth", std::make_unique<EmptyAuth>());
  }
  Config config(const std::string& amqp_url = "amqp://unused") const {
    return {.pg_dsn = database_.dsn(), .amqp_url = amqp_url};
  }
  // The relay of this very service carries it, which the exchange cannot tell from Auth's.
  awaitable<bool> publish(pg::Database& db, const auth::v1::UserCreated& event) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    auto tx = co_await db.begin(ctx);
    const mq::About about{.entity_type = "user", .entity_id = event.user().id(), .version = 1};
    mq::publish(*tx, ctx, event, about);
    const auto kept = co_await tx->commit();
    co_return kept.ok();
  }
};

TEST_F(ServiceTest, AnswersTakesAnEventAndTellsOne) {
  testing::FreshBroker broker;
  int told = 0;
  mq::Subscription subscription(
      broker.url(), "@name@-test", {"@name@.copies.compared"}, io_.get_executor(),
      [&](const mq::Event&) { ++told; }, [] {});
  Service service(io_.get_executor(), config(), peers_);
  service.add_to(dispatcher_);
  dispatcher_.check("@name@");
  Background background(io_.get_executor(), config(broker.url()), peers_);
  background.start();

  auth::v1::UserCreated event;
  event.mutable_user()->set_id(Uuid::v7().str());
  event.mutable_user()->set_full_name("Новый человек");
  event.mutable_user()->set_role(auth::v1::ROLE_AGENT);
  event.mutable_user()->set_status(auth::v1::USER_STATUS_ACTIVE);
  event.mutable_user()->set_version(1);
  {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    ASSERT_TRUE(run(publish(db, event)));
  }
  EXPECT_TRUE(eventually("SELECT count(*) FROM users WHERE full_name = 'Новый человек'", "1"));

  database_.execute("UPDATE background_jobs SET asked_at = now() WHERE name = 'compare_copies'");
  EXPECT_TRUE(eventually(
      "SELECT succeeded_at IS NOT NULL FROM background_jobs WHERE name = 'compare_copies'", "t"));
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (told == 0 && std::chrono::steady_clock::now() < until) {
    run_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(told, 1);

  const auto reply = call<common::v1::ListBackgroundJobsReply>(
      admin_, "BackgroundService/ListBackgroundJobs", common::v1::ListBackgroundJobsRequest());
  EXPECT_EQ(testing::must(reply).background_jobs_size(), 3);
  background.stop();
  run_for(std::chrono::milliseconds(50));
}

}  // namespace
}  // namespace bordero::@name@
