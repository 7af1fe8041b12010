#include "services/audit/tests/audit_fixture.hpp"

namespace bordero::audit {
namespace {

using ::testing::HasSubstr;

TEST_F(AuditTest, RecordsAnEventOnceHoweverOftenItComes) {
  const auto event = deal_created(Uuid::v7().str());

  EXPECT_TRUE(record(event));
  EXPECT_TRUE(record(event));

  EXPECT_EQ(database_.value("SELECT count(*) FROM entries"), "1");
  EXPECT_EQ(database_.value("SELECT size FROM tree"), "1");
}

TEST_F(AuditTest, PositionsHaveNoGaps) {
  given_log(3);
  auto broken = deal_created(Uuid::v7().str());
  broken.meta.set_type("crm.deal.not_known_yet");
  EXPECT_EQ(record(broken).error().reason, "event_type_unknown");
  given_log(3);

  EXPECT_EQ(
      database_.value("SELECT string_agg(position::text, ',' ORDER BY position) FROM entries"),
      "0,1,2,3,4,5");
}

TEST_F(AuditTest, KeepsWhoDidWhatToWhich) {
  const auto deal_id = Uuid::v7().str();
  const auto event = deal_created(deal_id, "018f0000-0000-7000-8000-0000000000aa");

  ASSERT_TRUE(record(event));

  EXPECT_EQ(database_.value("SELECT concat_ws('|', event_id, actor_id, action, entity_type, "
                            "entity_id, entity_version, service, trace_id) FROM entries"),
            event.meta.id() + "|018f0000-0000-7000-8000-0000000000aa|crm.deal.created|deal|" +
                deal_id + "|1|crm|0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(database_.value("SELECT before FROM entries"), "");
  EXPECT_EQ(database_.value("SELECT after::jsonb ->> 'title' FROM entries"), "ОСАГО");
}

TEST_F(AuditTest, SensitiveValuesAreNotRecorded) {
  crm::v1::DealCreated created;
  created.mutable_deal()->add_objects()->set_document("4510 123456");

  ASSERT_TRUE(record(event_of(created, "deal", Uuid::v7().str(), 1)));

  EXPECT_EQ(database_.value("SELECT after FROM entries"),
            database_.value("SELECT replace(after, '4510', '') FROM entries"));
  EXPECT_THAT(database_.value("SELECT after FROM entries"), HasSubstr("\"document\":\"***\""));
}

TEST_F(AuditTest, TheApplicationMayOnlyAppend) {
  given_log(2);
  ASSERT_TRUE(sign());
  const auto attempt = [&](const std::string& sql) {
    return database_.value("SELECT has_table_privilege('audit_test', '" +
                           sql.substr(sql.find(' ') + 1) + "', '" + sql.substr(0, sql.find(' ')) +
                           "')");
  };

  EXPECT_EQ(attempt("INSERT entries"), "t");
  for (const auto* table : {"entries", "heads", "verifications"}) {
    EXPECT_EQ(attempt(std::string("UPDATE ") + table), "f") << table;
    EXPECT_EQ(attempt(std::string("DELETE ") + table), "f") << table;
    EXPECT_EQ(attempt(std::string("TRUNCATE ") + table), "f") << table;
  }
  EXPECT_EQ(attempt("DELETE tree"), "f");
}

TEST_F(AuditTest, EvenASuperuserMeetsTheTriggers) {
  given_log(2);

  EXPECT_THROW(database_.execute("UPDATE entries SET reason = 'x'"), std::exception);
  EXPECT_THROW(database_.execute("DELETE FROM entries"), std::exception);
  EXPECT_THROW(database_.execute("TRUNCATE entries"), std::exception);
  EXPECT_THROW(database_.execute("DELETE FROM heads"), std::exception);
  EXPECT_THROW(database_.execute("DELETE FROM tree"), std::exception);
  EXPECT_EQ(database_.value("SELECT count(*) FROM entries"), "2");
}

TEST_F(AuditTest, TheConsumerRecordsWhatServicesPublish) {
  testing::FreshBroker broker;
  Config config = test_config(broker.url());
  Background background(io_.get_executor(), config, peers_);
  background.start();
  mq::Relay relay({.service = "audit", .pg_dsn = database_.dsn(), .amqp_url = broker.url()});
  // The relay drops nothing: what has no queue yet waits for one.
  const auto publish_all = [this]() -> awaitable<bool> {
    for (int i = 0; i < 150; ++i) {
      Context ctx = system_context("test", std::chrono::seconds(10));
      auto tx = (co_await db_.begin(ctx)).value();
      crm::v1::DealCreated created;
      created.mutable_deal()->set_title("deal " + std::to_string(i));
      mq::publish(tx, ctx, created,
                  {.entity_type = "deal", .entity_id = Uuid::v7().str(), .version = 1});
      (co_await tx.commit()).value();
    }
    co_return true;
  };
  ASSERT_TRUE(run(publish_all()));

  EXPECT_TRUE(eventually([&] { return database_.value("SELECT size FROM tree") == "150"; }));

  EXPECT_EQ(database_.value("SELECT max(position) FROM entries"), "149");
  EXPECT_TRUE(eventually([&] { return !database_.value("SELECT max(size) FROM heads").empty(); }));
  EXPECT_EQ(verdict().problem(), "");
  background.stop();
}

}  // namespace
}  // namespace bordero::audit
