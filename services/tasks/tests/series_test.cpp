#include "services/tasks/src/tasks/series_job.hpp"
#include "services/tasks/tests/tasks_fixture.hpp"

namespace bordero::tasks {
namespace {

// Series that go by their dates.
class SeriesTest : public TasksTest {
 protected:
  void run_job(awaitable<Result<bool>> (*job)(pg::Database&)) {
    pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});
    while (must(run(job(db)))) {
    }
  }
  // Goes by its dates from this day on.
  v1::CreateTaskRequest new_series(v1::RecurrenceEvery every, Date first) {
    auto request = new_task("Отчёт");
    request.set_due_on(first.str());
    request.mutable_recurrence()->set_every(every);
    request.mutable_recurrence()->set_start(v1::RECURRENCE_START_ON_DATE);
    return request;
  }
};

TEST_F(SeriesTest, SeriesByDatesGoesOnByTheClockUntilItIsCancelled) {
  must(create(agent_, new_series(v1::RECURRENCE_EVERY_DAILY, clock::today())));
  run_job(continue_series);
  EXPECT_EQ(count("tasks"), 1);

  clock::shift(std::chrono::hours(24));
  run_job(continue_series);
  run_job(continue_series);
  EXPECT_EQ(count("tasks"), 2);
  const auto last = list(agent_, "due_on = \"" + clock::today().str() + "\"");
  ASSERT_EQ(last.total_size(), 1);
  must(move(agent_, last.tasks(0), v1::TASK_STATUS_CANCELLED, "больше не нужно"));

  clock::shift(std::chrono::hours(48));
  run_job(continue_series);
  EXPECT_EQ(count("tasks"), 2);
}

// More than one step takes, and all of them before it in the order of their days.
TEST_F(SeriesTest, SeriesThatWaitForMonthsOrHaveEndedStandInNobodysWay) {
  const Date today = clock::today();
  const std::string recurrence =
      R"sql('{"every": "monthly", "start": "on_date", "interval": 1}'::jsonb)sql";
  const std::string ended = R"sql('{"every": "daily", "start": "on_date", "until": ")sql" +
                            today.plus_days(-3).str() + "\"}'::jsonb";
  const std::string insert = R"sql(
      INSERT INTO tasks (id, number, subject, status, assignee_id, author_id, series_id,
                         series_first, series_on, due_known_at, created_at, updated_at,
                         status_changed_at, recurrence)
      SELECT gen_random_uuid(), 'S-' || $1 || n, 'Серия', 'new', ')sql" +
                             agent_.id + "', '" + agent_.id + "', gen_random_uuid(), '" +
                             today.plus_days(-3).str() + "', '" + today.plus_days(-3).str() +
                             "', now(), now(), now(), now(), ";
  const auto with = [&](const std::string& kind, const std::string& json) {
    std::string sql = insert + json + " FROM generate_series(1, 230) AS n";
    sql.replace(sql.find("$1"), 2, "'" + kind + "'");
    database_.execute(sql);
  };
  with("m", recurrence);
  with("u", ended);
  must(create(agent_, new_series(v1::RECURRENCE_EVERY_DAILY, today.plus_days(-1))));

  run_job(continue_series);

  EXPECT_EQ(count("tasks WHERE subject = 'Отчёт'"), 2);
  EXPECT_EQ(count("tasks WHERE subject = 'Серия'"), 460);
  EXPECT_EQ(count("tasks WHERE next_on <= '" + today.plus_days(1).str() + "'"), 1);
}

TEST_F(SeriesTest, ASeriesThatFailsIsSetAsideAndTheOthersGoOn) {
  for (int i = 0; i < 3; ++i) {
    must(create(agent_, new_series(v1::RECURRENCE_EVERY_DAILY, clock::today())));
  }
  const auto poison = database_.value("SELECT id FROM tasks ORDER BY id LIMIT 1");
  database_.execute(
      "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
      "'no' USING ERRCODE = '23514'; END $$");
  database_.execute("CREATE TRIGGER refuse BEFORE UPDATE ON tasks FOR EACH ROW WHEN (OLD.id = '" +
                    poison + "') EXECUTE FUNCTION refuse()");

  clock::shift(std::chrono::hours(24));
  run_job(continue_series);

  EXPECT_EQ(count("tasks"), 5);
  EXPECT_EQ(database_.value("SELECT rule || ' ' || subject_id || ' ' || reason FROM set_aside"),
            "continue_series " + poison + " sql_23514");

  database_.execute("DROP TRIGGER refuse ON tasks");
  database_.execute("UPDATE set_aside SET try_at = now()");
  run_job(continue_series);

  EXPECT_EQ(count("tasks"), 6);
  EXPECT_EQ(count("set_aside"), 0);
}

}  // namespace
}  // namespace bordero::tasks
