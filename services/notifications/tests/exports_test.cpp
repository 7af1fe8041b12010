#include "services/notifications/tests/exports_fixture.hpp"

namespace bordero::notifications {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr auto kCsv = common::v1::EXPORT_FORMAT_CSV;
constexpr auto kXlsx = common::v1::EXPORT_FORMAT_XLSX;

TEST_F(ExportsTest, AListOfSeveralPagesBecomesOneCsvFile) {
  given_deals(450);
  auto request = deals_as(kCsv);
  request.set_filter("status = \"draft\"");
  const auto started = start_export(agent_, request);
  ASSERT_TRUE(started.ok());
  EXPECT_EQ(started->status(), common::v1::JOB_STATUS_QUEUED);
  EXPECT_EQ(started->rows_total(), 450);
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  const auto done = job(agent_, started->id());
  EXPECT_EQ(done->rows_done(), 450);
  EXPECT_THAT(done->file_name(), StartsWith("Сделки "));
  const std::string text = file(agent_, started->id());
  EXPECT_EQ(static_cast<std::int64_t>(text.size()), done->file_size());
  EXPECT_THAT(text, StartsWith("\xEF\xBB\xBFnumber;title;Статус;calculation_count;deadline.date;"
                               "created_at\r\n2026-1000;\"'=HYPERLINK(\"\"http://x\"\")\";"
                               "Черновик;0;2026-11-23;2026-11-23 10:15:30\r\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 451);
  EXPECT_THAT(text, HasSubstr("2026-1449;\"КАСКО; «Мазда» 449\";"));
  // Read as the person who asked, not as the service.
  EXPECT_TRUE(deals_->tokens.contains("as " + agent_.id));
}

TEST_F(ExportsTest, AnotherProgramReadsTheWorkbook) {
  given_deals(201);
  const auto started = start_export(agent_, deals_as(kXlsx));
  ASSERT_TRUE(started.ok());
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  const std::string read = read_workbook(file(agent_, started->id()));

  EXPECT_THAT(read, StartsWith("str number|str title|str Статус|str calculation_count|"
                               "str deadline.date|str created_at\n"
                               "str 2026-1000|str =HYPERLINK(\"http://x\")|str Черновик|float 0.0|"
                               "datetime 2026-11-23 00:00:00|datetime 2026-11-23 10:15:30\n"));
  EXPECT_EQ(std::count(read.begin(), read.end(), '\n'), 202);
}

TEST_F(ExportsTest, ALongFileComesInParts) {
  given_deals(300);
  for (auto& deal : deals_->deals) deal.set_title(std::string(4000, 'x'));
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  EXPECT_EQ(database_.value("SELECT count(*) FROM job_parts"), "3");
  const std::string text = file(agent_, started->id());
  EXPECT_GT(text.size(), 1'200'000U);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 301);
  for (const std::int64_t offset :
       {std::int64_t{1}, std::int64_t{-524288}, std::int64_t{1} << 40}) {
    EXPECT_EQ(part(agent_, started->id(), offset).error().fields.at(0).field, "offset");
  }
}

TEST_F(ExportsTest, IsAuditedWithItsFilterAndItsRows) {
  given_deals(3);
  auto request = deals_as(kCsv);
  request.set_filter("status = \"draft\"");
  const auto started = start_export(agent_, request);
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  EXPECT_EQ(events(), "notifications.job.started notifications.job.finished");
  const std::string body =
      database_.value("SELECT body FROM outbox WHERE type = 'notifications.job.finished'");
  v1::JobFinished event;
  ASSERT_TRUE(json::parse_stored(body, event).ok());
  EXPECT_EQ(event.after().filter(), "status = \"draft\"");
  EXPECT_EQ(event.after().rows_done(), 3);
  EXPECT_EQ(event.after().list(), "deals");
  EXPECT_THAT(event.after().fields(), SizeIs(6));
  EXPECT_EQ(database_.value("SELECT headers->>'actor' FROM outbox ORDER BY seq DESC LIMIT 1"),
            agent_.id);
  EXPECT_EQ(database_.value("SELECT headers->>'audience_users' FROM outbox ORDER BY seq LIMIT 1"),
            "[\"" + agent_.id + "\"]");
}

TEST_F(ExportsTest, ChosenRowsStandInTheFileInTheirOrder) {
  given_deals(100);
  auto request = deals_as(kCsv);
  std::string expected = "97 3 98";
  for (const int i : {97, 3, 98}) request.add_ids(deals_->deals[i].id());
  for (int i = 4; i < 90; ++i) {
    request.add_ids(deals_->deals[i].id());
    expected += " " + std::to_string(i);
  }
  request.add_ids(deals_->deals[3].id());  // Twice.
  request.add_ids(Uuid::v7().str());       // Not for this caller to see.
  request.clear_columns();
  request.add_columns()->set_field("calculation_count");
  const auto started = start_export(agent_, request);
  ASSERT_TRUE(started.ok()) << started.error().reason;
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  std::string text = file(agent_, started->id());
  text.erase(0, text.find('\n') + 1);
  std::string rows;
  for (const char c : text) {
    if (c != '\r') rows += c == '\n' ? ' ' : c;
  }
  EXPECT_EQ(rows, expected + " ");
  const auto done = job(agent_, started->id());
  EXPECT_EQ(done->rows_done(), 89);
  EXPECT_EQ(done->ids_size(), 91);
}

TEST_F(ExportsTest, ChosenRowsAreNotAFilterToo) {
  auto request = deals_as(kCsv);
  request.add_ids(Uuid::v7().str());
  request.set_filter("status = draft");
  EXPECT_EQ(start_export(agent_, request).error().fields.at(0).field, "ids");
  request.clear_filter();
  request.set_ids(0, "chosen");
  EXPECT_EQ(start_export(agent_, request).error().fields.at(0).field, "ids[0]");
  request.clear_ids();
  for (int i = 0; i < 201; ++i) request.add_ids(Uuid::v7().str());
  EXPECT_EQ(start_export(agent_, request).error().fields.at(0).field, "ids");
  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs"), "0");
}

TEST_F(ExportsTest, WhatCannotBeExportedIsRefusedByName) {
  const auto refused_field = [&](const v1::StartExportRequest& request) {
    const auto started = start_export(agent_, request);
    const bool named = !started.ok() && !started.error().fields.empty();
    return named ? started.error().fields[0].field : std::string("none");
  };
  auto request = deals_as(kCsv);
  request.set_list("nothing");
  EXPECT_EQ(refused_field(request), "list");
  request = deals_as(kCsv);
  request.clear_format();
  EXPECT_EQ(refused_field(request), "format");
  request = deals_as(kCsv);
  request.mutable_columns(1)->set_field("secret");
  EXPECT_EQ(refused_field(request), "columns[1].field");
  request = deals_as(kCsv);
  request.set_filter("nonsense");
  EXPECT_EQ(refused_field(request), "filter");
  request = deals_as(kCsv);
  request.set_list("audit/entries");
  EXPECT_EQ(start_export(agent_, request).error().reason, "role_not_allowed");
  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs"), "0");
}

TEST_F(ExportsTest, TooManyRowsAreRefusedAtOnce) {
  deals_->deals.resize(kMaxExportRows + 1);

  EXPECT_EQ(start_export(agent_, deals_as(kCsv)).error().reason, "too_many_rows");
}

TEST_F(ExportsTest, OnePersonHasFewAtATime) {
  given_deals(1);
  for (int i = 0; i < kMaxJobsAPerson; ++i) {
    ASSERT_TRUE(start_export(agent_, deals_as(kCsv)).ok());
  }

  const auto refused = start_export(agent_, deals_as(kCsv));
  EXPECT_EQ(refused.error().kind, ErrorKind::too_many);
  EXPECT_EQ(refused.error().reason, "too_many_jobs");
  EXPECT_GT(refused.error().retry_after_s, 0);
  EXPECT_TRUE(start_export(colleague_, deals_as(kCsv)).ok());

  start();
  ASSERT_TRUE(eventually("SELECT count(*) FROM jobs WHERE status = 'done'", "6"));
  EXPECT_TRUE(start_export(agent_, deals_as(kCsv)).ok());
}

TEST_F(ExportsTest, TheSameKeyStartsOne) {
  given_deals(1);
  const auto first = start_export(agent_, deals_as(kCsv), "key-1");
  const auto again = start_export(agent_, deals_as(kCsv), "key-1");

  EXPECT_EQ(first->id(), again->id());
  EXPECT_EQ(database_.value("SELECT count(*) FROM jobs"), "1");
}

TEST_F(ExportsTest, ACancelledOneLeavesNoFile) {
  given_deals(1000);
  const auto started = start_export(agent_, deals_as(kCsv));
  deals_->before_page = [&](int page) {
    if (page != 3) return;
    database_.execute(
        "UPDATE jobs SET status = 'cancelled', lease_until = NULL, finished_at = now()");
  };
  start();
  ASSERT_TRUE(ends(started->id(), "cancelled"));
  run_for(std::chrono::milliseconds(1500));

  EXPECT_LE(deals_->pages, 4);
  EXPECT_EQ(database_.value("SELECT count(*) FROM job_parts"), "0");
  EXPECT_EQ(part(agent_, started->id()).error().reason, "job_not_done");
}

TEST_F(ExportsTest, CancellingIsTold) {
  given_deals(1);
  const auto started = start_export(agent_, deals_as(kCsv));

  const auto cancelled = cancel(agent_, started->id());

  ASSERT_TRUE(cancelled.ok());
  EXPECT_EQ(cancelled->status(), common::v1::JOB_STATUS_CANCELLED);
  EXPECT_EQ(events(), "notifications.job.started notifications.job.finished");
  EXPECT_EQ(cancel(agent_, started->id()).error().reason, "job_finished");
}

TEST_F(ExportsTest, WaitsForAListThatDoesNotAnswerButNotForEver) {
  given_deals(1);
  deals_->down = true;
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(
      eventually("SELECT lease_until < now() + interval '30 seconds' FROM jobs "
                 "WHERE status = 'running'",
                 "t"));
  deals_->down = false;
  ASSERT_TRUE(ends(started->id(), "done"));
  EXPECT_EQ(database_.value("SELECT attempt FROM jobs"), "2");

  deals_->down = true;
  const auto hopeless = start_export(agent_, deals_as(kCsv));
  database_.execute("UPDATE jobs SET tries = 4 WHERE status = 'queued'");
  ASSERT_TRUE(ends(hopeless->id(), "failed"));
  EXPECT_EQ(job(agent_, hopeless->id())->error(), "crm_down");
}

TEST_F(ExportsTest, ARowThatMovesWhileItIsReadIsThereOnce) {
  given_deals(300);
  deals_->before_page = [&](int page) {
    if (page == 2)
      std::rotate(deals_->deals.begin(), deals_->deals.begin() + 299, deals_->deals.end());
  };
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  EXPECT_EQ(job(agent_, started->id())->rows_done(), 299);  // The last one went to the front.
}

TEST_F(ExportsTest, AreForgottenAfterADay) {
  given_deals(1);
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  clock::shift(std::chrono::hours(25));

  ASSERT_TRUE(eventually("SELECT count(*) FROM jobs", "0"));
  EXPECT_EQ(database_.value("SELECT count(*) FROM job_parts"), "0");
  EXPECT_EQ(job(agent_, started->id()).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace bordero::notifications
