#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class TellingTest : public NotificationsTest {
 protected:
  TellingTest() { start(); }

  static payments::v1::PaymentReminderDue reminder(const std::string& deal_id,
                                                   const std::vector<Person>& recipients) {
    payments::v1::PaymentReminderDue event;
    auto& reminder = *event.mutable_reminder();
    reminder.set_rule(common::v1::REMINDER_RULE_PAYMENT_DUE);
    reminder.set_offset_days(-3);
    reminder.set_subject_type("payment");
    reminder.set_subject_id(Uuid::v7().str());
    reminder.set_on("2026-11-26");
    reminder.set_deal_id(deal_id);
    reminder.set_title("ККС-1004411");
    for (const Person& person : recipients) reminder.add_recipient_ids(person.id);
    return event;
  }
};

TEST_F(TellingTest, AMentionReachesTheColleagueOnceAndLive) {
  const auto about = given_deal(agent_, {colleague_});

  happens(note(about, {colleague_}), agent_);

  const auto mine = told(colleague_);
  ASSERT_THAT(mine, SizeIs(1));
  EXPECT_EQ(mine[0].kind(), v1::NOTIFICATION_KIND_MENTION);
  EXPECT_TRUE(mine[0].mention());
  EXPECT_EQ(mine[0].details().text(), "Позвоните клиенту");
  EXPECT_EQ(mine[0].deal_title(), "КАСКО Mazda CX-5");
  EXPECT_EQ(mine[0].client_name(), "Орехов Г.");
  EXPECT_EQ(mine[0].actor_id(), agent_.id);
  ASSERT_EQ(mine[0].deliveries_size(), 1);
  EXPECT_EQ(mine[0].deliveries(0).channel(), "inbox");
  EXPECT_EQ(mine[0].deliveries(0).state(), v1::DELIVERY_STATE_DELIVERED);
  EXPECT_EQ(counts(colleague_).unread(), 1);
  EXPECT_EQ(counts(colleague_).mentions(), 1);
  EXPECT_THAT(told(agent_), IsEmpty());
}

TEST_F(TellingTest, WhatIsPublishedIsForItsReaderAlone) {
  const auto about = given_deal(agent_, {colleague_});
  database_.execute(
      "CREATE TABLE seen AS SELECT headers FROM outbox WHERE false;"
      "CREATE FUNCTION keep_seen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
      "AS $$ BEGIN INSERT INTO seen VALUES (NEW.headers); RETURN NEW; END $$;"
      "CREATE TRIGGER keep BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION "
      "keep_seen()");

  happens(note(about, {colleague_}), agent_);

  const std::string created =
      " FROM seen WHERE headers->>'type' = 'notifications.notification.created'";
  EXPECT_EQ(database_.value("SELECT headers->>'audience_users'" + created),
            "[\"" + colleague_.id + "\"]");
  EXPECT_EQ(database_.value("SELECT coalesce(headers->>'audience_roles', '[]')" + created), "[]");
}

TEST_F(TellingTest, ARedeliveryMakesNoSecondNotification) {
  const auto about = given_deal(agent_, {colleague_});
  // The same event once more, as after a lost confirm.
  database_.execute(
      "CREATE TABLE sent AS SELECT * FROM outbox WHERE false;"
      "CREATE FUNCTION keep_sent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
      "AS $$ BEGIN IF NEW.type = 'crm.journal.added' THEN INSERT INTO sent SELECT "
      "NEW.*; END IF; RETURN NEW; END $$;"
      "CREATE TRIGGER keep BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION "
      "keep_sent()");
  happens(note(about, {colleague_}), agent_);
  ASSERT_THAT(told(colleague_), SizeIs(1));
  const std::string again =
      "INSERT INTO outbox (event_id, type, subject, time, headers, traceparent, body) "
      "SELECT event_id, type, subject, time, headers, traceparent, body FROM sent LIMIT 1";

  database_.execute(again);
  happens(note(about, {}), agent_);  // Comes after it.
  EXPECT_THAT(told(colleague_), SizeIs(1));

  // Not even when the inbox has forgotten it.
  database_.execute("DELETE FROM inbox");
  database_.execute(again);
  ASSERT_TRUE(eventually("SELECT count(*) FROM inbox", "1"));
  EXPECT_THAT(told(colleague_), SizeIs(1));
}

TEST_F(TellingTest, NobodyIsToldOfADealThatTheyDoNotSee) {
  const auto about = given_deal(agent_, {colleague_});

  happens(reminder(about.id(), {agent_, executor_, finance_}), {.role = Role::system});

  EXPECT_THAT(told(agent_), SizeIs(1));
  EXPECT_THAT(told(finance_), SizeIs(1));  // Sees all deals.
  EXPECT_THAT(told(executor_), IsEmpty());
  EXPECT_THAT(told(colleague_), IsEmpty());  // Not a recipient.
  const auto mine = told(agent_)[0];
  EXPECT_EQ(mine.details().rule(), common::v1::REMINDER_RULE_PAYMENT_DUE);
  EXPECT_EQ(mine.details().offset_days(), -3);
  EXPECT_EQ(mine.actor_id(), "");
}

TEST_F(TellingTest, ABlockedUserIsToldNothing) {
  const Person gone{.role = Role::agent};
  given_user(gone, "", "blocked");
  const auto about = given_deal(agent_, {gone});

  happens(note(about, {gone, agent_}), colleague_);

  EXPECT_EQ(database_.value("SELECT string_agg(user_id::text, ' ') FROM notifications"), agent_.id);
}

TEST_F(TellingTest, WhoJoinsATeamIsToldAsWhatAndSeesTheDealAtOnce) {
  const auto before = given_deal(agent_);
  auto after = before;
  after.set_version(2);
  add_member(after, executor_, crm::v1::MEMBER_FUNCTION_EXECUTOR);
  crm::v1::DealTeamChanged event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;

  happens(event, agent_, before.id(), 2);

  const auto mine = told(executor_);
  ASSERT_THAT(mine, SizeIs(1));
  EXPECT_EQ(mine[0].kind(), v1::NOTIFICATION_KIND_TEAM_JOINED);
  EXPECT_THAT(mine[0].details().functions(), ::testing::ElementsAre("executor"));
  EXPECT_THAT(told(agent_), IsEmpty());
}

TEST_F(TellingTest, WhoLeavesADealSeesNothingOfItAnyMore) {
  const auto before = given_deal(agent_, {colleague_});
  happens(note(before, {colleague_}), agent_);
  ASSERT_EQ(counts(colleague_).unread(), 1);
  const auto id = told(colleague_)[0].id();
  auto after = deal(agent_);
  after.set_id(before.id());
  after.set_version(2);
  crm::v1::DealTeamChanged event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;

  happens(event, agent_, before.id(), 2);

  EXPECT_THAT(told(colleague_), IsEmpty());
  EXPECT_EQ(counts(colleague_).unread(), 0);
  v1::MarkUnreadRequest request;
  request.set_notification_id(id);
  EXPECT_EQ(call<v1::Notification>(colleague_, "MarkUnread", request).error().reason,
            "notification_not_found");
}

TEST_F(TellingTest, ALeaverSeesNothingBeforeTheBrokerSaysSo) {
  const auto about = given_deal(agent_, {colleague_});
  happens(note(about, {colleague_}), agent_);
  redis::Client redis(io_.get_executor(), redis_url_);
  run_for(std::chrono::milliseconds(100));  // It connects.
  std::vector<std::string> words = {"SADD", "left:" + colleague_.id, about.id()};
  ASSERT_TRUE(run(redis.command(std::move(words))).ok());

  EXPECT_THAT(told(colleague_), IsEmpty());
  EXPECT_EQ(counts(colleague_).unread(), 0);
}

TEST_F(TellingTest, TasksPaymentsAndMovesReachThoseConcerned) {
  const auto about = given_deal(agent_, {executor_});
  tasks::v1::Task task;
  task.set_id(Uuid::v7().str());
  task.set_subject("Рассчитать КАСКО");
  task.set_deal_id(about.id());
  task.set_author_id(agent_.id);
  task.set_assignee_id(executor_.id);
  task.set_status(tasks::v1::TASK_STATUS_NEW);
  tasks::v1::TaskCreated created;
  *created.mutable_task() = task;
  happens(created, agent_);
  tasks::v1::TaskStatusChanged done;
  *done.mutable_before() = task;
  task.set_status(tasks::v1::TASK_STATUS_DONE);
  *done.mutable_after() = task;
  done.set_comment("Три предложения в сделке");
  happens(done, executor_);
  payments::v1::PaymentStatusChanged received;
  received.mutable_before()->set_status(payments::v1::PAYMENT_STATUS_EXPECTED);
  received.mutable_after()->set_id(Uuid::v7().str());
  received.mutable_after()->set_status(payments::v1::PAYMENT_STATUS_RECEIVED);
  received.mutable_after()->set_deal_id(about.id());
  received.mutable_after()->set_lead_agent_id(agent_.id);
  received.mutable_after()->mutable_amount()->set_amount_minor(8425050);
  received.mutable_after()->mutable_amount()->set_currency("RUB");
  happens(received, finance_);

  const auto executors = told(executor_);
  ASSERT_THAT(executors, SizeIs(1));
  EXPECT_EQ(executors[0].kind(), v1::NOTIFICATION_KIND_TASK_ASSIGNED);
  EXPECT_EQ(executors[0].details().title(), "Рассчитать КАСКО");
  const auto leads = told(agent_);
  ASSERT_THAT(leads, SizeIs(2));
  EXPECT_EQ(leads[0].kind(), v1::NOTIFICATION_KIND_PAYMENT_RECEIVED);
  EXPECT_EQ(leads[0].details().amount().amount_minor(), 8425050);
  EXPECT_EQ(leads[1].kind(), v1::NOTIFICATION_KIND_TASK_DONE);
  EXPECT_EQ(leads[1].details().text(), "Три предложения в сделке");
}

}  // namespace
}  // namespace bordero::notifications
