#include "services/tasks/tests/tasks_fixture.hpp"

namespace bordero::tasks {
namespace {

using ::testing::ElementsAre;

TEST_F(TasksTest, TaskIsNumberedAndItsMakersOwnByDefault) {
  auto request = new_task();
  request.set_due_on("2026-12-01");
  request.add_reminders()->set_days(1);

  const auto task = must(create(agent_, request));

  EXPECT_EQ(task.number(), std::to_string(clock::today().year()) + "-000001");
  EXPECT_EQ(task.assignee_id(), agent_.id);
  EXPECT_EQ(task.author_id(), agent_.id);
  EXPECT_EQ(task.status(), v1::TASK_STATUS_NEW);
  EXPECT_EQ(task.priority(), v1::TASK_PRIORITY_NORMAL);
  EXPECT_EQ(task.due_on(), "2026-12-01");
  EXPECT_EQ(task.reminders(0).days(), 1);
  EXPECT_EQ(task.version(), 1);
  EXPECT_THAT(task.allowed_statuses(), ElementsAre("in_progress", "cancelled"));
  EXPECT_EQ(events("tasks.task.created"), 1);
}

TEST_F(TasksTest, RolesSeeWhatTheyShould) {
  const auto deal = given_deal(agent_, {&executor_, &colleague_});
  const auto task = given_task(agent_, executor_, deal.id());

  for (const Person* sees : {&agent_, &executor_, &head_, &admin_}) {
    EXPECT_TRUE(get(*sees, task.id()).ok());
    EXPECT_EQ(list(*sees).total_size(), 1);
    EXPECT_EQ(list(*sees, "", "каско").tasks_size(), 1);
    EXPECT_EQ(hits(*sees, "рассчитать"), 1);
  }
  // A member who neither leads the deal nor has to do with the task; finance, whom it is not about.
  for (const Person* hidden : {&colleague_, &other_executor_, &finance_}) {
    EXPECT_EQ(get(*hidden, task.id()).error().reason, "task_not_found");
    EXPECT_EQ(list(*hidden).total_size(), 0);
    EXPECT_EQ(list(*hidden, "", "каско").tasks_size(), 0);
    EXPECT_EQ(hits(*hidden, "рассчитать"), 0);
  }
}

TEST_F(TasksTest, FinanceSeesWhatIsAboutPayments) {
  const auto deal = given_deal(agent_);
  payments_deal_ = deal.id();
  auto request = new_task("Подтвердить оплату");
  request.set_payment_id(Uuid::v7().str());
  const auto task = must(create(agent_, request));
  EXPECT_EQ(task.deal_id(), deal.id());  // The payment brings its deal.
  request.set_deal_id(given_deal(agent_).id());
  EXPECT_EQ(fault(create(agent_, request)), "payment_id:of_another_deal");

  EXPECT_TRUE(get(finance_, task.id()).ok());
  EXPECT_EQ(list(finance_).total_size(), 1);
  EXPECT_EQ(hits(finance_, "подтвердить"), 1);
  EXPECT_EQ(move(finance_, task, v1::TASK_STATUS_IN_PROGRESS).error().reason, "only_the_assignee");
}

TEST_F(TasksTest, DealsTaskGoesToWhoSeesTheDeal) {
  const auto deal = given_deal(agent_, {&executor_});
  auto request = new_task();
  request.set_deal_id(deal.id());
  request.set_assignee_id(colleague_.id);
  EXPECT_EQ(create(agent_, request).error().reason, "deal_not_found");  // CRM was asked as well.
  EXPECT_EQ(create(colleague_, request).error().reason, "deal_not_found");
  request.set_assignee_id(finance_.id);
  EXPECT_TRUE(create(agent_, request).ok());
  request.set_assignee_id(Uuid::v7().str());
  EXPECT_FALSE(create(agent_, request).ok());

  const auto task = given_task(agent_, executor_, deal.id());
  v1::UpdateTaskRequest update;
  update.set_task_id(task.id());
  update.set_version(task.version());
  update.mutable_update_mask()->add_paths("assignee_id");
  update.set_assignee_id(colleague_.id);
  EXPECT_FALSE(call<v1::Task>(agent_, "TaskService/UpdateTask", update).ok());
  update.set_assignee_id(agent_.id);
  EXPECT_EQ(must(call<v1::Task>(agent_, "TaskService/UpdateTask", update)).assignee_id(),
            agent_.id);
  EXPECT_EQ(events("tasks.task.assigned"), 1);
  EXPECT_EQ(get(executor_, task.id()).error().reason, "task_not_found");
}

TEST_F(TasksTest, DoneNeedsAResultAndIsReturnedWithWhatIsMissing) {
  auto task = given_task(agent_, colleague_);
  EXPECT_EQ(move(agent_, task, v1::TASK_STATUS_IN_PROGRESS).error().reason, "only_the_assignee");
  task = must(move(colleague_, task, v1::TASK_STATUS_IN_PROGRESS));
  EXPECT_EQ(fault(move(colleague_, task, v1::TASK_STATUS_DONE)), "comment:result_required");
  task = must(move(colleague_, task, v1::TASK_STATUS_DONE, "Три расчёта готовы"));
  EXPECT_EQ(task.result_comment(), "Три расчёта готовы");
  EXPECT_EQ(move(colleague_, task, v1::TASK_STATUS_IN_PROGRESS, "x").error().reason,
            "only_the_author");
  EXPECT_EQ(fault(move(agent_, task, v1::TASK_STATUS_IN_PROGRESS)),
            "comment:missing_part_required");

  task = must(move(agent_, task, v1::TASK_STATUS_IN_PROGRESS, "Нет франшизы 30 тысяч"));

  EXPECT_EQ(task.status(), v1::TASK_STATUS_IN_PROGRESS);
  EXPECT_EQ(task.return_comment(), "Нет франшизы 30 тысяч");
  EXPECT_EQ(task.version(), 4);
  EXPECT_EQ(events("tasks.task.status_changed"), 3);
  v1::ListTaskHistoryRequest asked;
  asked.set_task_id(task.id());
  const auto history =
      must(call<v1::ListTaskHistoryReply>(colleague_, "TaskService/ListTaskHistory", asked));
  ASSERT_EQ(history.history_size(), 4);
  EXPECT_THAT(history.history(0).details(), ::testing::HasSubstr("Нет франшизы 30 тысяч"));
  EXPECT_EQ(history.history(3).kind(), "created");
}

TEST_F(TasksTest, CancelledIsFinal) {
  auto task = given_task(agent_, colleague_);
  EXPECT_EQ(move(colleague_, task, v1::TASK_STATUS_CANCELLED, "x").error().reason,
            "only_the_author");
  EXPECT_EQ(fault(move(agent_, task, v1::TASK_STATUS_CANCELLED)), "reason:cancel_reason_required");
  task = must(move(agent_, task, v1::TASK_STATUS_CANCELLED, "Клиент передумал"));
  EXPECT_EQ(task.cancel_reason(), "Клиент передумал");
  EXPECT_EQ(move(admin_, task, v1::TASK_STATUS_NEW).error().reason, "task_transition_not_allowed");
}

TEST_F(TasksTest, RefusedMoveLeavesNoTrace) {
  const auto task = given_task(agent_, colleague_);

  EXPECT_FALSE(move(colleague_, task, v1::TASK_STATUS_DONE, "x").ok());

  EXPECT_EQ(must(get(agent_, task.id())).version(), 1);
  EXPECT_EQ(events("tasks.task.status_changed"), 0);
  EXPECT_EQ(count("task_events"), 1);
}

TEST_F(TasksTest, OfTwoWhoFinishATaskOneDoes) {
  auto task = must(move(colleague_, given_task(agent_, colleague_), v1::TASK_STATUS_IN_PROGRESS));
  v1::TransitionTaskRequest request;
  request.set_task_id(task.id());
  request.set_version(task.version());
  request.set_status(v1::TASK_STATUS_DONE);
  request.set_comment("готово");
  std::vector<awaitable<rpc::AnyReply>> both;
  both.push_back(ask(colleague_, "TaskService/TransitionTask", request));
  both.push_back(ask(admin_, "TaskService/TransitionTask", request));

  const auto answers = run_all(std::move(both));

  EXPECT_EQ(answers[0].ok() + answers[1].ok(), 1);
  const auto& lost = answers[0].ok() ? answers[1] : answers[0];
  EXPECT_EQ(lost.error().kind, ErrorKind::stale);
  EXPECT_EQ(events("tasks.task.status_changed"), 2);
}

TEST_F(TasksTest, OnlyTheAuthorChangesAnOpenTask) {
  const auto task = given_task(agent_, colleague_);
  v1::UpdateTaskRequest update;
  update.set_task_id(task.id());
  update.set_version(task.version());
  update.mutable_update_mask()->add_paths("due_at");
  update.set_due_at("2026-12-01T12:00:00Z");
  EXPECT_EQ(call<v1::Task>(colleague_, "TaskService/UpdateTask", update).error().reason,
            "only_the_author");
  const auto timed = must(call<v1::Task>(agent_, "TaskService/UpdateTask", update));
  EXPECT_EQ(timed.due_at(), "2026-12-01T12:00:00.000000Z");

  update.set_version(timed.version());
  update.mutable_update_mask()->set_paths(0, "due_on");
  update.set_due_on("2026-12-02");
  const auto moved = must(call<v1::Task>(agent_, "TaskService/UpdateTask", update));
  EXPECT_EQ(moved.due_on(), "2026-12-02");
  EXPECT_EQ(moved.due_at(), "");
  update.set_version(1);
  EXPECT_EQ(call<v1::Task>(agent_, "TaskService/UpdateTask", update).error().kind,
            ErrorKind::stale);
  EXPECT_EQ(events("tasks.task.updated"), 2);
}

TEST_F(TasksTest, UpdateWithoutAChangeTellsNothing) {
  const auto task = given_task(agent_, colleague_);
  v1::UpdateTaskRequest update;
  update.set_task_id(task.id());
  update.set_version(task.version());
  update.mutable_update_mask()->add_paths("subject");
  update.set_subject(task.subject());

  EXPECT_EQ(must(call<v1::Task>(agent_, "TaskService/UpdateTask", update)).version(), 1);
  EXPECT_EQ(events("tasks.task.updated"), 0);
  update.set_subject("  ");
  EXPECT_EQ(fault(call<v1::Task>(agent_, "TaskService/UpdateTask", update)), "subject:required");
}

TEST_F(TasksTest, SameKeyMakesOneTask) {
  const auto request = new_task();

  const auto first = must(call<v1::Task>(agent_, "TaskService/CreateTask", request, "key-1"));
  const auto again = must(call<v1::Task>(agent_, "TaskService/CreateTask", request, "key-1"));
  const auto other = call<v1::Task>(agent_, "TaskService/CreateTask", new_task("другое"), "key-1");

  EXPECT_EQ(first.id(), again.id());
  EXPECT_EQ(other.error().kind, ErrorKind::mismatch);
  EXPECT_EQ(list(agent_).total_size(), 1);
}

TEST_F(TasksTest, BadInputIsRefusedByName) {
  auto request = new_task();
  request.set_due_on("2026-12-01");
  request.set_due_at("2026-12-01T12:00:00Z");
  EXPECT_EQ(fault(create(agent_, request)), "due_at:due_on_or_due_at");
  request.clear_due_at();
  request.set_due_on("2026-13-01");
  EXPECT_EQ(fault(create(agent_, request)), "due_on:not_a_date");
  EXPECT_EQ(fault(create(agent_, new_task("   "))), "subject:required");
  auto about_policy = new_task();
  about_policy.set_policy_id(Uuid::v7().str());
  EXPECT_EQ(create(agent_, about_policy).error().kind, ErrorKind::not_found);
}

TEST_F(TasksTest, HeadWritesOnlyOwnTasks) {
  const auto others = given_task(agent_, colleague_);
  EXPECT_EQ(move(head_, others, v1::TASK_STATUS_CANCELLED, "x").error().reason, "not_allowed");
  auto own = given_task(head_, agent_);
  EXPECT_TRUE(move(head_, own, v1::TASK_STATUS_CANCELLED, "не нужно").ok());
}

TEST_F(TasksTest, LeavingADealEndsSight) {
  const auto deal = given_deal(agent_, {&executor_});
  const auto task = given_task(agent_, executor_, deal.id());
  EXPECT_EQ(list(executor_).total_size(), 1);

  without(deal, executor_);

  EXPECT_EQ(get(executor_, task.id()).error().reason, "task_not_found");
  EXPECT_EQ(list(executor_).total_size(), 0);
  EXPECT_EQ(hits(executor_, "рассчитать"), 0);
  EXPECT_EQ(move(executor_, task, v1::TASK_STATUS_IN_PROGRESS).error().reason, "task_not_found");
}

TEST_F(TasksTest, ListsFilterGroupAndKnowWhatIsOverdue) {
  auto late = new_task("Просроченная");
  late.set_due_on("2020-01-01");
  must(create(agent_, late));
  auto high = new_task("Важная");
  high.set_priority(v1::TASK_PRIORITY_HIGH);
  must(create(agent_, high));
  given_task(colleague_, agent_);

  EXPECT_EQ(list(agent_, "overdue = true").total_size(), 1);
  EXPECT_EQ(list(admin_, "overdue = true").total_size(), 1);
  EXPECT_EQ(list(agent_, "due < \"2026-01-01\"").total_size(), 1);
  EXPECT_EQ(list(agent_, "priority = \"high\"").total_size(), 1);
  EXPECT_EQ(list(agent_, "author_id = \"" + colleague_.id + "\"").total_size(), 1);
  EXPECT_EQ(list(agent_, "open = true AND assignee_id = \"" + agent_.id + "\"").total_size(), 3);
  EXPECT_EQ(list(agent_).tasks(0).subject(), "Просроченная");
  v1::ListTasksRequest grouped;
  grouped.set_group_by("priority");
  const auto reply = must(call<v1::ListTasksReply>(agent_, "TaskService/ListTasks", grouped));
  EXPECT_EQ(reply.groups_size(), 2);
  grouped.set_group_by("nonsense");
  EXPECT_FALSE(call<v1::ListTasksReply>(agent_, "TaskService/ListTasks", grouped).ok());
}

}  // namespace
TEST_F(TasksTest, ADayHoldsWhatIsDueOnItOrAtAnHourOfIt) {
  auto whole = new_task("На весь день");
  whole.set_due_on("2031-03-01");
  must(create(agent_, whole));
  auto last_minute = new_task("Поздно вечером");
  last_minute.set_due_at("2031-03-01T20:59:00Z");
  must(create(agent_, last_minute));
  auto next = new_task("После полуночи");
  next.set_due_at("2031-03-01T21:00:00Z");
  must(create(agent_, next));
  given_task(agent_, agent_);
  v1::ListTasksRequest by_day;
  by_day.set_group_by("due");
  by_day.set_filter("due >= \"2031-03-01\" AND due <= \"2031-03-31\"");

  for (const auto& who : {agent_, admin_}) {
    const auto reply = must(call<v1::ListTasksReply>(who, "TaskService/ListTasks", by_day));

    ASSERT_EQ(reply.groups_size(), 2);
    EXPECT_EQ(reply.groups(0).value(), "2031-03-01");
    EXPECT_EQ(reply.groups(0).count(), 2);
    EXPECT_EQ(reply.groups(1).value(), "2031-03-02");
    for (const auto& day : reply.groups()) {
      EXPECT_EQ(list(who, "due = \"" + day.value() + "\"").total_size(), day.count());
    }
  }
}

}  // namespace bordero::tasks
