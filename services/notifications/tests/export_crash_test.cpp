#include <future>

#include "services/notifications/tests/exports_fixture.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

// A whole process of its own kind: when it dies, nothing of it goes on, and nothing is tidied up.
struct OtherProcess {
  OtherProcess(const Config& config, rpc::Peers& peers)
      : background(std::make_unique<Background>(io.get_executor(), config, peers)) {
    background->start();
  }
  ~OtherProcess() { io.stop(); }

  asio::io_context io;
  std::unique_ptr<Background> background;
};

class ExportCrashTest : public ExportsTest {
 protected:
  // Reads until the page, and dies there.
  void dies_at_page(int page) {
    OtherProcess other(config(), peers_);
    deals_->before_page = [&](int now) {
      if (now == page) other.io.stop();
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (deals_->pages < page && std::chrono::steady_clock::now() < deadline) {
      other.io.run_for(std::chrono::milliseconds(50));
    }
    deals_->before_page = nullptr;
    EXPECT_EQ(deals_->pages, page);
  }
};

TEST_F(ExportCrashTest, AnotherWorkerTakesItUpAfterTheLease) {
  given_deals(900);
  const auto started = start_export(agent_, deals_as(common::v1::EXPORT_FORMAT_CSV));
  dies_at_page(3);
  EXPECT_EQ(job(agent_, started->id())->status(), common::v1::JOB_STATUS_RUNNING);
  EXPECT_EQ(job(agent_, started->id())->rows_done(), 400);

  start();
  run_for(std::chrono::milliseconds(1200));
  EXPECT_EQ(job(agent_, started->id())->status(), common::v1::JOB_STATUS_RUNNING) << "still leased";
  database_.execute("UPDATE jobs SET lease_until = now() - interval '1 second'");

  ASSERT_TRUE(ends(started->id(), "done"));
  const std::string text = file(agent_, started->id());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 901);
  EXPECT_EQ(database_.value("SELECT attempt FROM jobs"), "2");
  EXPECT_EQ(events(), "notifications.job.started notifications.job.finished");
}

TEST_F(ExportCrashTest, PartsOfADeadAttemptAreNotInTheFile) {
  given_deals(2);
  const auto started = start_export(agent_, deals_as(common::v1::EXPORT_FORMAT_CSV));
  database_.execute(
      "UPDATE jobs SET status = 'running', attempt = 1, lease_until = now() - interval '1 second'");
  database_.execute("INSERT INTO job_parts SELECT id, n, 'old' FROM jobs, generate_series(0, 3) n");
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  EXPECT_EQ(database_.value("SELECT count(*) FROM job_parts"), "1");
  EXPECT_THAT(file(agent_, started->id()), ::testing::Not(::testing::HasSubstr("old")));
}

TEST_F(ExportCrashTest, WhoLostTheJobWritesNothingMore) {
  given_deals(600);
  const auto started = start_export(agent_, deals_as(common::v1::EXPORT_FORMAT_CSV));
  // Another worker took the job while this one read its second page.
  deals_->before_page = [&](int page) {
    if (page == 2) {
      database_.execute(
          "UPDATE jobs SET attempt = attempt + 1, lease_until = now() + interval '1 hour'");
    }
  };
  start();
  ASSERT_TRUE(eventually("SELECT attempt FROM jobs", "2"));
  run_for(std::chrono::milliseconds(1500));

  EXPECT_EQ(database_.value("SELECT status || ' ' || done FROM jobs"), "running 200");
  EXPECT_EQ(database_.value("SELECT count(*) FROM job_parts"), "0");
  EXPECT_EQ(events(), "notifications.job.started");
}

TEST_F(ExportCrashTest, AFileThatIsKeptIsNotReadAgain) {
  given_deals(450);
  const auto started = start_export(agent_, deals_as(common::v1::EXPORT_FORMAT_CSV));
  database_.execute(
      "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
      " IF NEW.status = 'done' THEN RAISE EXCEPTION 'stopped'; END IF;"
      " RETURN NEW; END $$;"
      "CREATE TRIGGER stops BEFORE UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION stop()");
  start();
  ASSERT_TRUE(eventually("SELECT step FROM jobs", "1"));
  const int pages = deals_->pages;
  // Beside the worker, whose own transaction may hold the table.
  auto dropped =
      std::async(std::launch::async, [this] { database_.execute("DROP TRIGGER stops ON jobs"); });
  while (dropped.wait_for(0ms) != std::future_status::ready) run_for(5ms);
  dropped.get();
  database_.execute(
      "UPDATE jobs SET lease_until = now() - interval '1 second' "
      "WHERE lease_until IS NOT NULL");

  ASSERT_TRUE(ends(started->id(), "done"));
  EXPECT_EQ(deals_->pages, pages);
  const std::string text = file(agent_, started->id());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 451);
  EXPECT_EQ(job(agent_, started->id())->rows_done(), 450);
}

TEST_F(ExportCrashTest, OneThatKillsItsProcessIsNotTakenForEver) {
  given_deals(900);
  const auto started = start_export(agent_, deals_as(common::v1::EXPORT_FORMAT_CSV));
  for (int death = 0; death < 5; ++death) {
    deals_->pages = 0;
    dies_at_page(2);
    database_.execute("UPDATE jobs SET lease_until = now() - interval '1 second'");
  }
  deals_->pages = 0;
  start();

  ASSERT_TRUE(ends(started->id(), "failed"));
  EXPECT_EQ(job(agent_, started->id())->error(), "worker_died");
  EXPECT_EQ(deals_->pages, 0) << "not even begun";
  EXPECT_EQ(events(), "notifications.job.started notifications.job.finished");
}

}  // namespace
}  // namespace bordero::notifications
