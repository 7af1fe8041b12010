#include "services/tasks/tests/tasks_fixture.hpp"

namespace bordero::tasks {
namespace {

class BatchesTest : public TasksTest {
 protected:
  v1::BatchTasksRequest batch_of(const std::vector<v1::Task>& tasks) {
    v1::BatchTasksRequest request;
    for (const auto& task : tasks) {
      auto& item = *request.add_items();
      item.set_id(task.id());
      item.set_version(task.version());
    }
    return request;
  }
  Result<v1::BatchTasksReply> run_batch(const Person& who, const v1::BatchTasksRequest& request) {
    return call<v1::BatchTasksReply>(who, "TaskService/BatchTasks", request);
  }
};

TEST_F(BatchesTest, EachTaskAnswersForItself) {
  const auto own = given_task(agent_, colleague_);
  const auto others = given_task(colleague_, agent_);
  auto request = batch_of({own, others});
  request.add_items()->set_id(Uuid::v7().str());
  request.set_due_on("2026-12-24");

  const auto reply = must(run_batch(agent_, request));

  ASSERT_EQ(reply.results_size(), 3);
  EXPECT_TRUE(reply.results(0).ok());
  EXPECT_EQ(reply.results(0).task().due_on(), "2026-12-24");
  EXPECT_EQ(reply.results(1).code(), "only_the_author");
  EXPECT_EQ(reply.results(1).status(), 403);
  EXPECT_EQ(reply.results(2).code(), "task_not_found");
  EXPECT_EQ(must(get(agent_, others.id())).due_on(), "");
}

TEST_F(BatchesTest, BatchIsReturnedAsAWholeOnce) {
  const auto one = given_task(agent_, agent_);
  const auto other = given_task(agent_, agent_);
  auto request = batch_of({one, other});
  request.set_assignee_id(colleague_.id);
  const auto done = must(run_batch(agent_, request));
  ASSERT_FALSE(done.batch_id().empty());
  const auto started =
      must(move(colleague_, must(get(agent_, other.id())), v1::TASK_STATUS_IN_PROGRESS));
  v1::BatchTasksRequest undo;
  undo.set_undo(done.batch_id());
  EXPECT_EQ(run_batch(colleague_, undo).error().reason, "batch_not_found");

  const auto returned = must(run_batch(agent_, undo));

  ASSERT_EQ(returned.results_size(), 2);
  EXPECT_EQ(must(get(agent_, one.id())).assignee_id(), agent_.id);
  // Somebody went on with this one, so it stays.
  EXPECT_EQ(must(get(agent_, other.id())).version(), started.version());
  EXPECT_EQ(run_batch(agent_, undo).error().reason, "batch_not_found");
}

TEST_F(BatchesTest, DryRunChangesNothing) {
  const auto task = given_task(agent_, colleague_);
  auto request = batch_of({task});
  request.set_status(v1::TASK_STATUS_CANCELLED);
  request.set_reason("не нужно");
  request.set_dry_run(true);

  const auto reply = must(run_batch(agent_, request));

  EXPECT_EQ(reply.results(0).task().status(), v1::TASK_STATUS_CANCELLED);
  EXPECT_EQ(must(get(agent_, task.id())).status(), v1::TASK_STATUS_NEW);
  EXPECT_EQ(events("tasks.task.status_changed"), 0);
}

TEST_F(BatchesTest, OneChangeAtATime) {
  const auto task = given_task(agent_, agent_);
  auto request = batch_of({task});
  EXPECT_EQ(run_batch(agent_, request).error().reason, "one_change_at_a_time");
  request.set_postpone_days(1);
  request.set_priority(v1::TASK_PRIORITY_HIGH);
  EXPECT_EQ(run_batch(agent_, request).error().reason, "one_change_at_a_time");
  request.set_undo(Uuid::v7().str());
  EXPECT_EQ(fault(run_batch(agent_, request)), "undo:goes_alone");
}

TEST_F(BatchesTest, LineNamesColleaguesAndDeals) {
  Person irina;
  Person other;
  given_user(irina, "Ирина Соколова");
  given_user(other, "Ирина Белова");
  const auto deal = given_deal(agent_, {&irina});
  v1::ParseTaskRequest request;
  const auto read = [&](const std::string& text) {
    request.set_text(text);
    return must(call<v1::ParsedTask>(agent_, "TaskService/ParseTask", request));
  };

  const auto both = read("завтра 15:00 @ирина рассчитать КАСКО");
  EXPECT_EQ(both.subject(), "рассчитать КАСКО");
  EXPECT_EQ(both.assignee_id(), "");
  ASSERT_EQ(both.problems_size(), 1);
  EXPECT_EQ(both.problems(0).code(), "assignee_ambiguous");
  EXPECT_EQ(both.problems(0).candidates_size(), 2);
  EXPECT_FALSE(both.due_at().empty());

  const auto one = read("@ирина #" + deal.number() + " рассчитать");
  EXPECT_EQ(one.problems_size(), 0);
  EXPECT_EQ(one.assignee_id(), irina.id);  // Of two the one who sees the deal.
  EXPECT_EQ(one.deal_id(), deal.id());

  const auto outsider = read("@белова #" + deal.number() + " рассчитать");
  EXPECT_EQ(outsider.problems(0).code(), "assignee_not_in_deal");
  EXPECT_EQ(read("#" + deal.number().substr(5) + " рассчитать").deal_id(), deal.id());
  EXPECT_EQ(read("#1 рассчитать").problems(0).code(), "deal_not_found");
  EXPECT_EQ(read("рассчитать").assignee_id(), agent_.id);
}

TEST_F(BatchesTest, LineNamesNoDealOfOthers) {
  const auto deal = given_deal(agent_);
  v1::ParseTaskRequest request;
  request.set_text("#" + deal.number() + " рассчитать");

  const auto read = must(call<v1::ParsedTask>(colleague_, "TaskService/ParseTask", request));

  EXPECT_EQ(read.problems(0).code(), "deal_not_found");
}

TEST_F(BatchesTest, TemplatesAreTheAgencysOrOnesOwn) {
  v1::CreateTemplateRequest request;
  request.set_name("Звонок");
  request.set_subject("Позвонить клиенту");
  request.set_due_in_days(1);
  const auto own = must(call<v1::TaskTemplate>(agent_, "TemplateService/CreateTemplate", request));
  request.set_shared(true);
  EXPECT_EQ(
      call<v1::TaskTemplate>(agent_, "TemplateService/CreateTemplate", request).error().reason,
      "not_allowed");
  EXPECT_TRUE(call<v1::TaskTemplate>(admin_, "TemplateService/CreateTemplate", request).ok());

  const v1::ListTemplatesRequest asked;
  const auto count = [&](const Person& who) {
    return must(call<v1::ListTemplatesReply>(who, "TemplateService/ListTemplates", asked))
        .task_templates_size();
  };
  EXPECT_EQ(count(agent_), 4);
  EXPECT_EQ(count(colleague_), 3);

  v1::UpdateTemplateRequest update;
  update.set_template_id(own.id());
  update.set_version(1);
  update.mutable_update_mask()->add_paths("due_in_days");
  EXPECT_EQ(
      call<v1::TaskTemplate>(colleague_, "TemplateService/UpdateTemplate", update).error().reason,
      "task_template_not_found");
  const auto changed =
      must(call<v1::TaskTemplate>(agent_, "TemplateService/UpdateTemplate", update));
  EXPECT_FALSE(changed.has_due_in_days());

  v1::ArchiveTemplateRequest archive;
  archive.set_template_id("01988c00-0b00-7000-8000-000000000001");
  archive.set_version(1);
  EXPECT_EQ(
      call<v1::TaskTemplate>(admin_, "TemplateService/ArchiveTemplate", archive).error().reason,
      "template_used_by_rules");
  archive.set_template_id(own.id());
  archive.set_version(changed.version());
  must(call<v1::TaskTemplate>(agent_, "TemplateService/ArchiveTemplate", archive));
  EXPECT_EQ(count(agent_), 3);
}

}  // namespace
}  // namespace bordero::tasks
