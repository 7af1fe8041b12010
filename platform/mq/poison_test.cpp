#include <gmock/gmock.h>

#include "platform/mq/broker.hpp"
#include "platform/mq/mq_fixture.hpp"

// Events that fail for ever while everything else is well, and everything else failing while the
// events are well.
namespace bordero::mq {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class PoisonTest : public MqTest {
 protected:
  // Impatient, so that a test does not wait for what a person would.
  Consumer::Settings impatient() const {
    auto settings = consumer_settings(broker_.url());
    settings.patience = 1s;
    return settings;
  }

  // An event of this subject fails in this way: a SQLSTATE, or a word below.
  static awaitable<Result<void>> fail(pg::Transaction& tx, std::string how) {
    if (how == "unavailable") co_return unavailable("crm_down");
    if (how == "broken") throw Broken("a store is gone");
    if (how == "outcome_unknown") throw pg::OutcomeUnknown("the commit's fate is unknown");
    if (how == "bug") throw std::runtime_error("a bug");
    if (how == "hanging") {
      co_await tx.query("SELECT 1 FROM pg_sleep(60)");
      co_return Result<void>();
    }
    const std::string raise = "DO $$ BEGIN RAISE 'poison' USING ERRCODE = '" + how + "'; END $$";
    co_await tx.query(raise);
    co_return Result<void>();
  }
  static awaitable<Result<void>> handle(pg::Transaction& tx, Context& context, const Event& event) {
    const std::string& subject = event.meta.subject();
    if (subject.starts_with("poison:")) co_return co_await fail(tx, subject.substr(7));
    co_return co_await record(tx, context, event);
  }

  std::vector<std::string> parked_reasons() const {
    std::vector<std::string> reasons;
    for (const auto& parked : Consumer::list_parked(broker_.url(), "tasks", 100)) {
      reasons.push_back(parked.reason);
    }
    return reasons;
  }
  bool parks(std::size_t count) {
    return eventually([&] { return parked_reasons().size() == count; }, 60s);
  }
};

TEST_F(PoisonTest, WhateverItsFailureLooksLikeItIsParkedAndTheOthersGoOn) {
  const std::vector<std::string> ways = {"57014",       "40001",  "40P01",           "53100",
                                         "53200",       "55P03",  "58030",           "XX000",
                                         "unavailable", "broken", "outcome_unknown", "bug"};
  start_relay(broker_.url());
  start_consumer(impatient(), &PoisonTest::handle);

  for (int i = 0; i < static_cast<int>(ways.size()); ++i) {
    publish_versions("poison:" + ways[static_cast<std::size_t>(i)], 1, 1);
    publish_versions("healthy", i + 1, i + 1);
    ASSERT_TRUE(eventually([&] { return applied() == i + 1; }, 5s)) << i;
  }

  ASSERT_TRUE(parks(ways.size()));
  EXPECT_THAT(parked_reasons(),
              UnorderedElementsAre("sql_57014", "sql_40001", "sql_40P01", "sql_53100", "sql_53200",
                                   "sql_55P03", "sql_58030", "sql_XX000", "crm_down", "broken",
                                   "broken", "internal"));
  EXPECT_EQ(disordered(), 0);
}

TEST_F(PoisonTest, AHangingEventDelaysOthersByLessThanFiveSeconds) {
  auto settings = impatient();
  settings.batch = 20;
  start_relay(broker_.url());
  start_consumer(settings, &PoisonTest::handle);
  publish_versions("healthy", 1, 1);
  ASSERT_TRUE(eventually([&] { return applied() == 1; }));

  publish_versions("poison:hanging", 1, 1);
  publish_versions("healthy", 2, 21);

  ASSERT_TRUE(eventually([&] { return applied() == 21; }, 5s));
  EXPECT_EQ(disordered(), 0);
  EXPECT_TRUE(parks(1));
}

TEST_F(PoisonTest, WhatIsSetAsideHoldsBackItsOwnSubjectAlone) {
  std::atomic<bool> copied = false;
  start_relay(broker_.url());
  start_consumer(
      consumer_settings(broker_.url()),
      [&](pg::Transaction& tx, Context& context, const Event& event) -> awaitable<Result<void>> {
        const bool first = event.meta.subject() == "early" && event.meta.version() == 1;
        if (first && !copied) co_return unavailable("not_copied_yet");
        co_return co_await record(tx, context, event);
      });

  publish_versions("early", 1, 3);
  publish_versions("other", 1, 40);

  ASSERT_TRUE(eventually([&] { return applied() == 40; }, 10s));
  EXPECT_EQ(value("SELECT count(*) FROM applied WHERE subject = 'early'"), "0");
  copied = true;
  ASSERT_TRUE(eventually([&] { return applied() == 43; }));
  EXPECT_EQ(disordered(), 0);
  EXPECT_THAT(parked_reasons(), IsEmpty());
}

TEST_F(PoisonTest, ADiskThatIsFullParksNothing) {
  start_relay(broker_.url());
  start_consumer(impatient(), &PoisonTest::record);
  publish_versions("client", 1, 1);
  ASSERT_TRUE(eventually([&] { return applied() == 1; }));
  fresh_.execute(R"sql(
      CREATE SEQUENCE tried;
      GRANT USAGE ON SEQUENCE tried TO PUBLIC;
      CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM nextval('tried');
        RAISE 'no space left on device' USING ERRCODE = '53100';
      END $$;
      CREATE TRIGGER disk_is_full BEFORE INSERT ON inbox EXECUTE FUNCTION disk_is_full())sql");
  publish_versions("client", 2, 9);
  ASSERT_TRUE(eventually([&] { return std::stoi(value("SELECT last_value FROM tried")) >= 12; }));

  fresh_.execute("DROP TRIGGER disk_is_full ON inbox");

  EXPECT_TRUE(eventually([&] { return applied() == 9; }));
  EXPECT_EQ(disordered(), 0);
  EXPECT_THAT(parked_reasons(), IsEmpty());
}

// A database that may be taken away, behind a broker whose link may be cut.
class OutageTest : public PoisonTest {
 protected:
  testing::FaultyProxy database_{database_url()};
  std::unique_ptr<pg::Database> behind_;

  void SetUp() override {
    PoisonTest::SetUp();
    on_worker([&] {
      const pg::Settings through = {.dsn = dsn_through(database_), .application_name = "mqtest"};
      behind_ = std::make_unique<pg::Database>(io_.get_executor(), through);
    });
    start_relay(broker_.url());
  }
  void TearDown() override {
    consumer_.reset();
    on_worker([&] { behind_.reset(); });
    PoisonTest::TearDown();
  }
  void start(const std::string& url) {
    auto settings = consumer_settings(url);
    settings.delivery_limit = 10;
    consumer_ = std::make_unique<Consumer>(settings, io_.get_executor(), *behind_);
    consumer_->on("crm.#", &PoisonTest::record);
    consumer_->start();
  }
  bool all_come_once(int count) {
    const bool came = eventually([&] { return applied() == count; }, 60s);
    EXPECT_EQ(doubled(), 0);
    EXPECT_EQ(disordered(), 0);
    EXPECT_THAT(parked_reasons(), IsEmpty());
    return came;
  }
};

TEST_F(OutageTest, LinkCutsWhileTheDatabaseIsDownParkNothing) {
  start(proxy_.url());
  publish_versions("client", 1, 50);
  ASSERT_TRUE(eventually([&] { return applied() == 50; }));
  database_.refuse(true);
  publish_versions("client", 51, 150);

  for (int cut = 0; cut < 14; ++cut) {
    ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
    std::this_thread::sleep_for(50ms);  // As long as a greedy consumer needs to take them all.
    proxy_.cut();
    ASSERT_TRUE(eventually([&] { return !consumer_->connected(); }));
  }
  database_.refuse(false);

  EXPECT_TRUE(all_come_once(150));
}

TEST_F(OutageTest, RestartsWhileTheDatabaseIsDownParkNothing) {
  start(broker_.url());
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  database_.refuse(true);
  publish_versions("client", 1, 100);

  for (int restart = 0; restart < 12; ++restart) {
    consumer_.reset();
    start(broker_.url());
    ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
    std::this_thread::sleep_for(50ms);
  }
  Broker looking(broker_.url(), "test");
  EXPECT_EQ(looking.messages_in("tasks.events"), 100U) << "none is held";
  database_.refuse(false);

  EXPECT_TRUE(all_come_once(100));
}

TEST_F(OutageTest, NothingIsTakenBeforeTheServiceIsReady) {
  std::atomic<bool> ready = false;
  consumer_ =
      std::make_unique<Consumer>(consumer_settings(broker_.url()), io_.get_executor(), *behind_);
  consumer_->on("crm.#", &PoisonTest::record);
  consumer_->take_when([&] { return ready.load(); });
  consumer_->start();
  ASSERT_TRUE(eventually([&] { return consumer_->connected(); }));
  publish_versions("client", 1, 3);
  ASSERT_TRUE(eventually([&] { return pending() == 0; }));
  Broker looking(broker_.url(), "test");
  EXPECT_EQ(looking.messages_in("tasks.events"), 3U);
  EXPECT_EQ(applied(), 0);

  ready = true;

  EXPECT_TRUE(all_come_once(3));
}

}  // namespace
}  // namespace bordero::mq
