#include "services/tasks/src/reminders/minutes_job.hpp"
#include "services/tasks/src/rules/on_deal_changed.hpp"
#include "services/tasks/src/rules/on_deal_moved.hpp"
#include "services/tasks/src/rules/on_reminder_due.hpp"
#include "services/tasks/src/rules/on_user_blocked.hpp"
#include "services/tasks/tests/tasks_fixture.hpp"

#include "bordero/auth/v1/events.pb.h"

namespace bordero::tasks {
namespace {

using ::testing::HasSubstr;

class RulesTest : public TasksTest {
 protected:
  crm::v1::DealStatusChanged moved(const crm::v1::Deal& deal, crm::v1::DealStatus from,
                                   crm::v1::DealStatus to, int version) {
    crm::v1::DealStatusChanged event;
    *event.mutable_before() = deal;
    *event.mutable_after() = deal;
    event.mutable_before()->set_status(from);
    event.mutable_after()->set_status(to);
    event.mutable_after()->set_version(version);
    return event;
  }
  v1::TaskReminderDue reminder(const crm::v1::Deal& deal, int offset_days,
                               const std::string& on = "2026-12-10") {
    v1::TaskReminderDue event;
    auto& reminder = *event.mutable_reminder();
    reminder.set_rule(common::v1::REMINDER_RULE_PAYMENT_DUE);
    reminder.set_offset_days(offset_days);
    reminder.set_subject_type("payment");
    reminder.set_subject_id(payment_);
    reminder.set_payment_id(payment_);
    reminder.set_deal_id(deal.id());
    reminder.set_on(on);
    reminder.set_fires_on(Date::parse(on)->plus_days(offset_days).str());
    reminder.mutable_task()->set_subject("Подтвердить оплату");
    reminder.mutable_task()->set_assignee_id(finance_.id);
    return event;
  }
  v1::Task only_task() {
    const auto reply = list(admin_);
    ensure(reply.tasks_size() == 1, "there is one task");
    return reply.tasks(0);
  }
  void run_job(awaitable<Result<bool>> (*job)(pg::Database&)) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    while (must(run(job(db)))) {
    }
  }

  std::string payment_ = Uuid::v7().str();
};

TEST_F(RulesTest, CalculationGivesTheExecutorATaskOnce) {
  using namespace crm::v1;
  const auto deal = given_deal(agent_, {&executor_});
  const auto event = moved(deal, DEAL_STATUS_DRAFT, DEAL_STATUS_CALCULATION, 2);

  ASSERT_TRUE(tell(on_deal_moved, event).ok());
  ASSERT_TRUE(tell(on_deal_moved, event).ok());

  const auto task = only_task();
  EXPECT_EQ(task.subject(), "Подготовить расчёты");
  EXPECT_EQ(task.rule(), "deal_calculation");
  EXPECT_EQ(task.assignee_id(), executor_.id);
  EXPECT_EQ(task.author_id(), "");
  EXPECT_EQ(task.due_on(), clock::today().plus_days(2).str());
  EXPECT_EQ(events("tasks.task.created"), 1);
  // The deal's lead is the author of a rule's task.
  EXPECT_TRUE(move(agent_, task, v1::TASK_STATUS_CANCELLED, "сделаю сам").ok());
}

TEST_F(RulesTest, IssuanceComesAnewForOneMorePolicyOnly) {
  using namespace crm::v1;
  const auto deal = given_deal(agent_);
  const auto forth = moved(deal, DEAL_STATUS_CLIENT_DECISION, DEAL_STATUS_ISSUANCE, 4);
  ASSERT_TRUE(tell(on_deal_moved, forth).ok());
  auto task = only_task();
  EXPECT_EQ(task.assignee_id(), agent_.id);  // Nobody executes, so the lead does.
  ASSERT_TRUE(
      tell(on_deal_moved, moved(deal, DEAL_STATUS_ISSUANCE, DEAL_STATUS_CLIENT_DECISION, 5)).ok());
  ASSERT_TRUE(
      tell(on_deal_moved, moved(deal, DEAL_STATUS_CLIENT_DECISION, DEAL_STATUS_ISSUANCE, 6)).ok());
  EXPECT_EQ(count("tasks"), 1);
  task = must(move(agent_, task, v1::TASK_STATUS_IN_PROGRESS));
  must(move(agent_, task, v1::TASK_STATUS_DONE, "оформлен"));

  const auto again = moved(deal, DEAL_STATUS_ACTIVE, DEAL_STATUS_ISSUANCE, 9);
  ASSERT_TRUE(tell(on_deal_moved, again).ok());
  ASSERT_TRUE(tell(on_deal_moved, again).ok());

  EXPECT_EQ(count("tasks"), 2);
}

TEST_F(RulesTest, ReminderMakesATaskAndALaterOneAddsToIt) {
  const auto deal = given_deal(agent_);
  ASSERT_TRUE(tell(on_reminder_due, reminder(deal, -14)).ok());
  ASSERT_TRUE(tell(on_reminder_due, reminder(deal, -14)).ok());
  auto task = only_task();
  EXPECT_EQ(task.rule(), "payment_due");
  EXPECT_EQ(task.assignee_id(), finance_.id);
  EXPECT_EQ(task.due_on(), "2026-12-10");
  EXPECT_EQ(task.payment_id(), payment_);
  EXPECT_EQ(task.priority(), v1::TASK_PRIORITY_NORMAL);

  ASSERT_TRUE(tell(on_reminder_due, reminder(deal, -3)).ok());
  ASSERT_TRUE(tell(on_reminder_due, reminder(deal, -3)).ok());

  task = only_task();
  EXPECT_EQ(task.priority(), v1::TASK_PRIORITY_HIGH);
  EXPECT_EQ(task.description(), "2026-12-07: Подтвердить оплату");
  EXPECT_EQ(task.version(), 2);
  task = must(move(finance_, task, v1::TASK_STATUS_IN_PROGRESS));
  must(move(finance_, task, v1::TASK_STATUS_DONE, "оплачено"));

  // A date that moved counts anew.
  ASSERT_TRUE(tell(on_reminder_due, reminder(deal, -14, "2027-01-10")).ok());
  EXPECT_EQ(count("tasks"), 2);
}

TEST_F(RulesTest, ClosedDealCancelsItsOpenTasksWithItsReason) {
  auto deal = given_deal(agent_, {&executor_});
  const auto open = given_task(agent_, executor_, deal.id());
  auto finished =
      must(move(executor_, given_task(agent_, executor_, deal.id()), v1::TASK_STATUS_IN_PROGRESS));
  finished = must(move(executor_, finished, v1::TASK_STATUS_DONE, "готово"));
  crm::v1::DealClosed event;
  *event.mutable_deal() = deal;
  event.set_reason("Машина продана");

  ASSERT_TRUE(tell(on_deal_closed, event).ok());
  ASSERT_TRUE(tell(on_deal_closed, event).ok());

  const auto cancelled = must(get(agent_, open.id()));
  EXPECT_EQ(cancelled.status(), v1::TASK_STATUS_CANCELLED);
  EXPECT_EQ(cancelled.cancel_reason(), "Машина продана");
  EXPECT_EQ(must(get(agent_, finished.id())).status(), v1::TASK_STATUS_DONE);
  EXPECT_EQ(count("task_events WHERE actor_id = 'system:deal_closed'"), 1);
}

TEST_F(RulesTest, ClosedDealTakesNoNewTasks) {
  auto deal = given_deal(agent_);
  deal.set_status(crm::v1::DEAL_STATUS_CLOSED);
  deal.set_version(2);
  keep(deal);
  auto request = new_task();
  request.set_deal_id(deal.id());

  EXPECT_EQ(create(agent_, request).error().reason, "deal_is_closed");
  ASSERT_TRUE(tell(on_reminder_due, reminder(deal, -14)).ok());
  EXPECT_EQ(count("tasks"), 0);
}

TEST_F(RulesTest, LeaversTasksPassToTheLeadAndTheirSightEnds) {
  const auto deal = given_deal(agent_, {&executor_});
  const auto task = given_task(agent_, executor_, deal.id());
  const auto own = given_task(agent_, executor_);
  crm::v1::DealTeamChanged event;
  *event.mutable_before() = deal;
  *event.mutable_after() = without(deal, executor_);
  event.add_left_ids(executor_.id);

  ASSERT_TRUE(tell(on_deal_team_changed, event).ok());

  EXPECT_EQ(must(get(agent_, task.id())).assignee_id(), agent_.id);
  EXPECT_EQ(must(get(executor_, own.id())).assignee_id(), executor_.id);
  EXPECT_EQ(get(executor_, task.id()).error().reason, "task_not_found");
  EXPECT_EQ(events("tasks.task.assigned"), 1);
}

TEST_F(RulesTest, AuthorWhoLeftIsStoodInForByTheLead) {
  const auto deal = given_deal(agent_, {&executor_, &colleague_});
  const auto task = given_task(colleague_, executor_, deal.id());
  EXPECT_EQ(move(agent_, task, v1::TASK_STATUS_CANCELLED, "x").error().reason, "only_the_author");

  without(deal, colleague_);

  EXPECT_TRUE(move(agent_, task, v1::TASK_STATUS_CANCELLED, "не нужно").ok());
}

TEST_F(RulesTest, BlockedUsersTasksPassOn) {
  const auto deal = given_deal(agent_, {&executor_});
  const auto of_deal = given_task(agent_, executor_, deal.id());
  const auto own = given_task(agent_, executor_);
  auth::v1::UserBlocked event;
  event.mutable_after()->set_id(executor_.id);
  event.mutable_after()->set_full_name("Имя");
  event.set_successor_id(other_executor_.id);
  database_.execute("UPDATE users SET status = 'blocked' WHERE id = '" + executor_.id + "'");

  ASSERT_TRUE(tell(on_user_blocked, event, admin_.id).ok());

  // The successor does not see the deal, so its lead takes what is of it.
  EXPECT_EQ(must(get(admin_, of_deal.id())).assignee_id(), agent_.id);
  EXPECT_EQ(must(get(admin_, own.id())).assignee_id(), other_executor_.id);
}

TEST_F(RulesTest, ABlockedLeadsTasksPassOnWithTheirDeal) {
  auto deal = given_deal(agent_);
  const auto task = given_task(agent_, agent_, deal.id());
  auth::v1::UserBlocked event;
  event.mutable_after()->set_id(agent_.id);
  event.mutable_after()->set_full_name("Имя");
  event.set_successor_id(colleague_.id);
  database_.execute("UPDATE users SET status = 'blocked' WHERE id = '" + agent_.id + "'");

  ASSERT_TRUE(tell(on_user_blocked, event, admin_.id).ok());

  // Not to the admin, who sees every deal already.
  EXPECT_EQ(must(get(admin_, task.id())).assignee_id(), agent_.id);
  crm::v1::DealTeamChanged handed_over;
  *handed_over.mutable_before() = deal;
  deal.set_lead_agent_id(colleague_.id);
  deal.mutable_members(0)->set_user_id(colleague_.id);
  deal.set_version(deal.version() + 1);
  *handed_over.mutable_after() = deal;
  keep(deal);
  ASSERT_TRUE(tell(on_deal_team_changed, handed_over).ok());
  EXPECT_EQ(must(get(colleague_, task.id())).assignee_id(), colleague_.id);
}

TEST_F(RulesTest, SeriesGoesOnWhenTheLastIsDoneAndOnlyOnce) {
  auto request = new_task("Сверка");
  request.set_due_on(clock::today().str());
  request.mutable_recurrence()->set_every(v1::RECURRENCE_EVERY_WEEKLY);
  auto task = must(create(agent_, request));
  task = must(move(agent_, task, v1::TASK_STATUS_IN_PROGRESS));
  task = must(move(agent_, task, v1::TASK_STATUS_DONE, "сверено"));
  const auto open = list(agent_, "open = true");
  ASSERT_EQ(open.total_size(), 1);
  EXPECT_EQ(open.tasks(0).due_on(), clock::today().plus_days(7).str());

  task = must(move(agent_, task, v1::TASK_STATUS_IN_PROGRESS, "не всё"));
  must(move(agent_, task, v1::TASK_STATUS_DONE, "теперь всё"));

  EXPECT_EQ(count("tasks"), 2);
}

TEST_F(RulesTest, MinutesBeforeADueTimeAreToldOnce) {
  auto request = new_task("Созвон");
  request.set_due_at(instant_text(clock::now() + std::chrono::minutes(60)));
  request.add_reminders()->set_minutes(30);
  request.add_reminders()->set_minutes(90);  // Passed already, so it is not told of.
  must(create(agent_, request));
  run_job(remind_by_the_minute);
  EXPECT_EQ(events("tasks.reminder.due"), 0);

  clock::shift(std::chrono::minutes(31));
  run_job(remind_by_the_minute);
  run_job(remind_by_the_minute);

  EXPECT_EQ(events("tasks.reminder.due"), 1);
  EXPECT_THAT(database_.value("SELECT body FROM outbox WHERE type LIKE '%tasks.reminder.due'"),
              HasSubstr(agent_.id));
}

}  // namespace
}  // namespace bordero::tasks
