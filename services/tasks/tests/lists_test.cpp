#include "platform/projection/team.hpp"
#include "services/tasks/tests/tasks_fixture.hpp"

namespace bordero::tasks {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Enough tasks of others that reading them all would be a plan of its own.
class ListsTest : public TasksTest {
 protected:
  ListsTest() {
    database_.execute(
        "INSERT INTO tasks (id, number, subject, status, assignee_id, author_id, due_on, due, "
        "                   due_known_at, created_at, updated_at, status_changed_at) "
        "SELECT gen_random_uuid(), '2020-' || lpad(n::text, 6, '0'), 'Задача ' || n, 'new', "
        "       CASE WHEN n % 200 = 0 THEN '" +
        agent_.id + "'::uuid ELSE '" + colleague_.id + "'::uuid END, '" + colleague_.id +
        "', date '2026-01-01' + n % 300, date '2026-01-01' + n % 300, now(), now(), now(), now() "
        "  FROM generate_series(1, 20000) n");
    database_.execute("ANALYZE tasks");
    database_.execute("ANALYZE task_access");
  }
  std::string plan(const std::string& sql) const {
    return database_.value("EXPLAIN (FORMAT JSON) " + sql);
  }
};

TEST_F(ListsTest, OwnTasksAreReadFromTheIndexOfTheirOrder) {
  const auto page =
      plan("SELECT t.id FROM task_access a JOIN tasks t ON t.id = a.task_id WHERE a.user_id = '" +
           agent_.id + "' AND a.is_open = true ORDER BY a.due, a.task_id LIMIT 51");

  EXPECT_THAT(page, AllOf(HasSubstr("task_access_by_due"), Not(HasSubstr("Seq Scan"))));
}

TEST_F(ListsTest, AllTasksAreReadFromTheIndexOfTheirOrder) {
  const auto page =
      plan("SELECT t.id FROM tasks t WHERE t.is_open = true ORDER BY t.due, t.id LIMIT 51");

  EXPECT_THAT(page, AllOf(HasSubstr("tasks_by_due"), Not(HasSubstr("Seq Scan"))));
  EXPECT_THAT(
      plan("SELECT t.id FROM tasks t WHERE t.due IS NOT NULL ORDER BY t.due, t.id LIMIT 51"),
      AllOf(HasSubstr("tasks_by_due_day"), Not(HasSubstr("Sort"))));
}

TEST_F(ListsTest, WordsFindManyTasksAndFew) {
  database_.execute(
      "INSERT INTO task_search (task_id, words, users) "
      "SELECT t.id, ('''wзадача'' ''w' || right(t.number, 5) || '''')::tsvector, "
      "       ARRAY(SELECT a.user_id FROM task_access a WHERE a.task_id = t.id) "
      "  FROM tasks t");
  const auto found = [&](const Person& who, const std::string& typed) {
    v1::ListTasksRequest request;
    request.set_q(typed);
    return must(call<v1::ListTasksReply>(who, "TaskService/ListTasks", request));
  };

  const auto many = found(head_, "задача");
  ASSERT_EQ(many.tasks_size(), 50);
  EXPECT_GT(many.total_size(), 1000);
  EXPECT_LE(many.tasks(0).due_on(), many.tasks(49).due_on());
  EXPECT_EQ(found(head_, "задача 00200").total_size(), 1);
  EXPECT_EQ(found(head_, "нет таких").total_size(), 0);
  EXPECT_EQ(found(agent_, "задача").total_size(), 100);
  EXPECT_EQ(found(agent_, "задача 00201").total_size(), 0);
}

TEST_F(ListsTest, TasksOfAnAssigneeAndOfADealHaveIndexesOfTheirOwn) {
  EXPECT_THAT(plan("SELECT t.id FROM tasks t WHERE t.assignee_id = '" + agent_.id +
                   "' AND t.is_open = true ORDER BY t.due, t.id LIMIT 51"),
              HasSubstr("tasks_by_assignee"));
  EXPECT_THAT(plan("SELECT t.id FROM tasks t WHERE t.deal_id = '" + agent_.id +
                   "' AND t.is_open = true ORDER BY t.due, t.id LIMIT 51"),
              HasSubstr("tasks_by_deal"));
}

TEST_F(ListsTest, FinanceReadsItsOwnAndThoseAboutPaymentsInOneOrder) {
  database_.execute("UPDATE tasks SET payment_id = gen_random_uuid() WHERE due_on < '2026-01-03'");
  const auto about_payments =
      std::stoi(database_.value("SELECT count(*) FROM tasks WHERE payment_id IS NOT NULL"));
  database_.execute("UPDATE tasks SET assignee_id = '" + finance_.id +
                    "' WHERE due_on = '2026-01-02' OR due_on = '2026-01-03'");
  const auto of_finance =
      std::stoi(database_.value("SELECT count(*) FROM tasks WHERE due_on = '2026-01-03'"));

  v1::ListTasksRequest request;
  request.set_filter("open = true");
  request.set_page_size(200);
  std::set<std::string> seen;
  std::string last;
  do {
    const auto page = must(call<v1::ListTasksReply>(finance_, "TaskService/ListTasks", request));
    for (const auto& task : page.tasks()) {
      EXPECT_TRUE(seen.insert(task.id()).second);
      EXPECT_LE(last, task.due_on());
      last = task.due_on();
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(static_cast<int>(seen.size()), about_payments + of_finance);
}

TEST_F(TasksTest, MyTeamIsWhoTakesPartInTheOpenDealsOneSees) {
  const auto deal = given_deal(agent_, {&executor_});
  auto theirs = given_deal(colleague_);
  given_task(agent_, executor_, deal.id());
  given_task(agent_, agent_, deal.id());
  given_task(colleague_, colleague_, theirs.id());

  EXPECT_EQ(list(head_, "assignee_id = my_team()").total_size(), 3);
  EXPECT_EQ(
      list(head_, "assignee_id = my_team() AND assignee_id != \"" + agent_.id + "\"").total_size(),
      2);
  EXPECT_EQ(list(executor_, "author_id = my_team()").total_size(), 1);
  EXPECT_EQ(list(agent_, "lead_agent_id = my_team()").total_size(), 2);
  EXPECT_EQ(list(other_executor_, "assignee_id = my_team()").total_size(), 0);

  theirs.set_status(crm::v1::DEAL_STATUS_CLOSED);
  theirs.set_version(2);
  keep(theirs);
  EXPECT_EQ(list(head_, "assignee_id = my_team()").total_size(), 2);
  EXPECT_EQ(list(colleague_, "assignee_id = my_team()").total_size(), 0);

  v1::ListTasksRequest request;
  request.set_filter("deal_id = my_team()");
  EXPECT_EQ(fault(call<v1::ListTasksReply>(head_, "TaskService/ListTasks", request)),
            "filter:wrong_function");
}

TEST_F(ListsTest, ATeamIsFoundByOneLookForEachPerson) {
  const auto everybody = plan(projection::team_of({.user_id = head_.id, .role = Role::head}).sql);
  EXPECT_THAT(everybody, AllOf(HasSubstr("deal_access_by_user"), HasSubstr("Backward")));
}

TEST_F(ListsTest, PagesFollowEachOtherWithoutGapsOrRepeats) {
  std::set<std::string> seen;
  v1::ListTasksRequest request;
  request.set_filter("open = true");
  request.set_page_size(40);
  do {
    const auto page = must(call<v1::ListTasksReply>(agent_, "TaskService/ListTasks", request));
    EXPECT_EQ(page.total_size(), 100);
    for (const auto& task : page.tasks()) EXPECT_TRUE(seen.insert(task.id()).second);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());

  EXPECT_EQ(seen.size(), 100u);
}

}  // namespace
}  // namespace bordero::tasks
