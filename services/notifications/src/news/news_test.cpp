#include "services/notifications/src/news/news.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::notifications {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

tasks::v1::Task task(tasks::v1::TaskStatus status) {
  tasks::v1::Task made;
  made.set_id("t");
  made.set_assignee_id("assignee");
  made.set_author_id("author");
  made.set_lead_agent_id("lead");
  made.set_status(status);
  return made;
}

TEST(TaskNews, AReminderThatAskedForItHasToldItsAssignee) {
  auto made = task(tasks::v1::TASK_STATUS_NEW);
  EXPECT_THAT(about_task_created(made).at(0).recipients, ElementsAre("assignee"));
  made.set_rule("deal_calculation");
  EXPECT_THAT(about_task_created(made).at(0).recipients, ElementsAre("assignee"));
  made.set_rule("payment_due");
  EXPECT_THAT(about_task_created(made), IsEmpty());
}

TEST(TaskNews, DoneGoesToTheAuthorAndReturnedToTheAssignee) {
  const auto started = task(tasks::v1::TASK_STATUS_IN_PROGRESS);
  auto done = task(tasks::v1::TASK_STATUS_DONE);

  EXPECT_THAT(about_task_moved(started, done, "готово").at(0).recipients, ElementsAre("author"));
  EXPECT_THAT(about_task_moved(done, started, "нет VIN").at(0).recipients, ElementsAre("assignee"));
  EXPECT_THAT(about_task_moved(task(tasks::v1::TASK_STATUS_NEW), started, ""), IsEmpty());
  done.clear_author_id();
  EXPECT_THAT(about_task_moved(started, done, "").at(0).recipients, ElementsAre("lead"));
}

TEST(MentionNews, AnEditTellsOnlyThoseWhoAreNew) {
  crm::v1::JournalEntry before;
  before.add_mentioned_ids("a");
  auto after = before;
  after.add_mentioned_ids("b");

  EXPECT_THAT(about_mentions({}, before).at(0).recipients, ElementsAre("a"));
  EXPECT_THAT(about_mentions(before, after).at(0).recipients, ElementsAre("b"));
}

TEST(MentionNews, ALongNoteIsCutBetweenCharacters) {
  crm::v1::JournalEntry entry;
  std::string text;
  for (int i = 0; i < 400; ++i) text += "ё";
  entry.set_text(text);

  EXPECT_EQ(about_mentions({}, entry).at(0).details.text(), text.substr(0, 600) + "…");
}

TEST(PaymentNews, OnlyTheMoneyThatCameIsNews) {
  payments::v1::Payment expected;
  expected.set_status(payments::v1::PAYMENT_STATUS_EXPECTED);
  auto received = expected;
  received.set_status(payments::v1::PAYMENT_STATUS_RECEIVED);
  received.set_lead_agent_id("lead");
  auto paid_out = received;
  paid_out.set_status(payments::v1::PAYMENT_STATUS_PAID_OUT);

  EXPECT_THAT(about_payment_moved(expected, received).at(0).recipients, ElementsAre("lead"));
  EXPECT_THAT(about_payment_moved(received, paid_out), IsEmpty());
  EXPECT_THAT(about_payment_moved(paid_out, received), IsEmpty());  // A step back.
}

TEST(ExportNews, AnEndIsNewsUnlessItsOwnerMadeIt) {
  common::v1::Job job;
  job.set_user_id("owner");
  job.set_status(common::v1::JOB_STATUS_DONE);
  job.set_file_name("Сделки 2026-11-23.xlsx");
  const auto ready = about_export(job, "Сделки").at(0);
  EXPECT_EQ(ready.kind, v1::NOTIFICATION_KIND_EXPORT_READY);
  EXPECT_EQ(ready.details.title(), "Сделки 2026-11-23.xlsx");
  EXPECT_THAT(ready.recipients, ElementsAre("owner"));

  job.set_status(common::v1::JOB_STATUS_FAILED);
  job.set_error("too_many_rows");
  const auto failed = about_export(job, "Сделки").at(0);
  EXPECT_EQ(failed.kind, v1::NOTIFICATION_KIND_EXPORT_FAILED);
  EXPECT_EQ(failed.details.title(), "Сделки");
  EXPECT_EQ(failed.details.error(), "too_many_rows");

  job.set_status(common::v1::JOB_STATUS_CANCELLED);
  EXPECT_THAT(about_export(job, "Сделки"), IsEmpty());
}

}  // namespace
}  // namespace bordero::notifications
