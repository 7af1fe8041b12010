#include "bordero/payments/v1/events.pb.h"
#include "platform/reminders/engine.hpp"
#include "services/payments/src/reminders/payment_rules.hpp"
#include "services/payments/src/seed/demo.hpp"
#include "services/payments/tests/payments_fixture.hpp"

namespace bordero::payments {
namespace {

// Stands for Auth and CRM, who have nothing to export.
class EmptyPeer : public rpc::Channel {
 public:
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message&,
                                const rpc::Message& reply) override {
    rpc::Answer answer;
    answer.message.reset(reply.New());
    co_return answer;
  }
  bool connected() const override { return true; }
};

class BackgroundTest : public PaymentsTest {
 protected:
  BackgroundTest() {
    peers_.set("auth", std::make_unique<EmptyPeer>());
    peers_.set("crm", std::make_unique<EmptyPeer>());
  }
  // The relay of this very service carries it, which the exchange cannot tell from CRM's.
  void publish(const rpc::Message& event, const char* type, const std::string& id, int version) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    ASSERT_TRUE(run(publish_in(db, event, type, id, version)));
  }
  awaitable<bool> publish_in(pg::Database& db, const rpc::Message& event, std::string type,
                             std::string id, int version) {
    Context ctx = system_context("test", std::chrono::seconds(10));
    auto tx = co_await db.begin(ctx);
    const mq::About about = {.entity_type = type, .entity_id = id, .version = version};
    mq::publish(*tx, ctx, event, about);
    const auto kept = co_await tx->commit();
    co_return kept.ok();
  }
  awaitable<Result<int>> seed_twice(pg::Database& db) {
    CO_TRY_VOID(co_await seed_demo(db));
    CO_TRY_VOID(co_await seed_demo(db));
    co_return 2;
  }
  int fire() {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    reminders::Engine engine(db, {.service = "payments", .at = std::chrono::minutes(0)},
                             payment_rules(), reminders::event_of<v1::PaymentReminderDue>());
    return must(run(engine.run()));
  }
};

TEST_F(BackgroundTest, FollowsPoliciesAndEndsAccessWithinASecond) {
  testing::FreshBroker broker;
  const auto deal = given_deal();
  Background background(io_.get_executor(), config(broker.url()), peers_);
  background.start();
  const auto policy = policy_of(deal, {500'000});
  crm::v1::PolicyActivated activated;
  *activated.mutable_after() = policy;
  publish(activated, "policy", policy.id(), policy.version());
  ASSERT_TRUE(eventually("SELECT count(*) FROM payments", "2"));
  ASSERT_EQ(list(executor_).total_size(), 2);

  auto shortest = std::chrono::steady_clock::duration::max();
  for (int version = 2; version < 7; ++version) {  // Leaves, joins, leaves, joins, leaves.
    const bool leaves = version % 2 == 0;
    crm::v1::DealTeamChanged changed;
    *changed.mutable_after() = deal;
    if (leaves) changed.mutable_after()->mutable_members()->RemoveLast();
    changed.mutable_after()->set_version(version);
    const auto began = std::chrono::steady_clock::now();
    publish(changed, "deal", deal.id(), version);
    ASSERT_TRUE(eventually("SELECT count(*) FROM payment_access", leaves ? "2" : "4"));
    shortest = std::min(shortest, std::chrono::steady_clock::now() - began);
  }

  EXPECT_LT(shortest, std::chrono::seconds(1));
  EXPECT_EQ(list(executor_).total_size(), 0);
  background.stop();
  run_for(std::chrono::milliseconds(50));
}

TEST_F(BackgroundTest, RemindsOfWhatIsDueOnceAndNotOfWhatCameOrIsVoid) {
  const auto payments = given_payments({500'000, 300'000});
  received(payments[0]);

  EXPECT_EQ(fire(), 1);  // The commission that is due today; the rest is months away.
  EXPECT_EQ(fire(), 0);

  EXPECT_EQ(events("payments.reminder.due"), 1);
  const auto body =
      database_.value("SELECT body FROM outbox WHERE type LIKE '%payments.reminder.due'");
  EXPECT_THAT(body, ::testing::HasSubstr(agent_.id));
  EXPECT_THAT(body, ::testing::HasSubstr("Подтвердить платёж"));
}

TEST_F(BackgroundTest, TheDemoAgencyHasAYearOfMoneyThatAddsUp) {
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
  must(run(seed_twice(db)));

  EXPECT_GT(std::stoi(database_.value("SELECT count(*) FROM payments")), 300);
  EXPECT_GT(std::stoi(database_.value("SELECT count(*) FROM payments WHERE status = 'paid_out'")),
            50);
  EXPECT_EQ(database_.value(R"sql(
      SELECT count(*)
        FROM policies o
       WHERE o.status <> 'draft'
         AND (o.policy->'premium'->>'amount')::numeric * 100 <>
             (SELECT sum(p.amount_minor) FROM payments p
               WHERE p.policy_id = o.id AND p.type = 'client_premium'))sql"),
            "0");
  EXPECT_EQ(database_.value("SELECT count(*) FROM payments p WHERE p.version <> "
                            "(SELECT max(v.version) FROM payment_versions v WHERE "
                            "v.payment_id = p.id)"),
            "0");
}

}  // namespace
}  // namespace bordero::payments
