#include "services/tasks/src/seed/seed.hpp"
#include "bordero/tasks/v1/events.pb.h"
#include "demo/people.hpp"
#include "platform/reminders/engine.hpp"
#include "services/tasks/src/reminders/task_rules.hpp"
#include "services/tasks/tests/tasks_fixture.hpp"

namespace bordero::tasks {
namespace {

const SeedOptions kSmall{
    .large = true, .clients = 500, .deals = 1'500, .policies = 1'000, .tasks = 2'000};

// What the large set must say at any size; each statement counts what is wrong.
constexpr std::array kWrongs = {
    R"sql((SELECT t.id, person, t.is_open, t.due
             FROM tasks t, task_people(t.deal_id, t.assignee_id, t.author_id) AS person
           EXCEPT SELECT task_id, user_id, is_open, due FROM task_access)
          UNION ALL
          (SELECT task_id, user_id, is_open, due FROM task_access
           EXCEPT SELECT t.id, person, t.is_open, t.due
             FROM tasks t, task_people(t.deal_id, t.assignee_id, t.author_id) AS person))sql",
    R"sql(SELECT FROM tasks t LEFT JOIN task_search s ON s.task_id = t.id
           WHERE s.users IS NULL OR NOT s.users @>
                 (SELECT array_agg(user_id) FROM task_access a WHERE a.task_id = t.id))sql",
    R"sql(SELECT FROM tasks t
           WHERE t.due <> coalesce(t.due_at, ((t.due_on + 1)::timestamp
                                                AT TIME ZONE 'Europe/Moscow') - interval '1 s'))sql",
    R"sql(SELECT FROM tasks t JOIN deals d ON d.id = t.deal_id
           WHERE d.status = 'closed' AND t.is_open)sql"};

awaitable<Result<int>> fire(pg::Database& db) {
  reminders::Engine engine(db, {.service = "tasks", .at = std::chrono::minutes(0)}, task_rules(),
                           reminders::event_of<v1::TaskReminderDue>());
  co_return co_await engine.run();
}

class LargeTasksTest : public TasksTest {
 protected:
  Config owners_config() const {
    Config with_owner = config();
    with_owner.pg_migrate_dsn = database_.owner_dsn();
    return with_owner;
  }
  int number(const std::string& sql) const { return std::stoi(database_.value(sql)); }
};

TEST_F(LargeTasksTest, SayWhatTriggersWouldHaveSaid) {
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'";
  const std::string constraints = "SELECT count(*) FROM pg_constraint";
  const int indexes_of_an_empty_database = number(indexes);
  const int constraints_of_an_empty_database = number(constraints);
  seed(owners_config(), kSmall);
  seed(owners_config(), kSmall);

  EXPECT_EQ(number("SELECT count(*) FROM tasks WHERE id::text LIKE '01988c00-00b7-%'"), 2'000);
  EXPECT_GT(number("SELECT count(*) FROM tasks WHERE is_open AND due < now()"), 10);
  EXPECT_EQ(database_.value("SELECT done FROM projection_imports WHERE name = 'deals'"), "t");
  for (const std::string wrong : kWrongs) {
    EXPECT_EQ(number("SELECT count(*) FROM (" + wrong + ") AS wrong"), 0) << wrong;
  }
  EXPECT_EQ(number(indexes), indexes_of_an_empty_database);
  EXPECT_EQ(number(constraints), constraints_of_an_empty_database);
}

TEST_F(LargeTasksTest, OnlyTodayIsLeftToRemindOf) {
  seed(owners_config(), kSmall);
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
  database_.execute(
      "UPDATE tasks SET due_known_at = now() WHERE id::text NOT LIKE "
      "'01988c00-00b7-%'");
  const std::string told =
      "SELECT count(*) FROM fired_reminders WHERE fires_on < '" + clock::today().str() + "'";
  const int before = number(told);
  EXPECT_GT(before, 10);

  const auto fired = run(fire(db));
  ASSERT_TRUE(fired.ok());

  EXPECT_EQ(number(told), before);
}

TEST_F(LargeTasksTest, NumbersGoOnBehindAMillionInAYear) {
  database_.value("SELECT next_task_number(2199)");
  database_.value("SELECT setval('task_numbers_2199', 999998)");
  EXPECT_EQ(database_.value("SELECT next_task_number(2199)"), "2199-999999");
  EXPECT_EQ(database_.value("SELECT next_task_number(2199)"), "2199-1000000");
  EXPECT_EQ(database_.value("SELECT next_task_number(2199)"), "2199-1000001");
}

}  // namespace
}  // namespace bordero::tasks
