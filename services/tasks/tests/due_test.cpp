#include "services/tasks/src/reminders/count_due.hpp"
#include "services/tasks/tests/tasks_fixture.hpp"

namespace bordero::tasks {
namespace {

TEST_F(TasksTest, DueTasksAreCountedForTheirAssignees) {
  auto request = new_task();
  request.set_assignee_id(executor_.id);
  must(create(agent_, request));  // Without a date.
  request.set_due_on(clock::today().str());
  must(create(agent_, request));
  const auto late = must(create(agent_, request));
  database_.execute("UPDATE tasks SET due = now() - interval '3 days' WHERE id = '" + late.id() +
                    "'");

  std::string found;
  const auto counted = apply([&](pg::Transaction& tx, Context&) -> awaitable<Result<void>> {
    const std::vector<std::string> people = {agent_.id, executor_.id};
    for (const pg::Row& row : co_await count_due(tx, people, clock::today())) {
      found.append(row.text("user_id")).append(" ").append(row.text("kind")).append(" ");
      found.append(row.text("count")).append("/").append(row.text("overdue")).append(";");
    }
    co_return Result<void>();
  });
  ASSERT_TRUE(counted.ok());

  EXPECT_EQ(found, executor_.id + " task 2/1;");
}

}  // namespace
}  // namespace bordero::tasks
