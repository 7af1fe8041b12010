#include "platform/reminders/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "bordero/payments/v1/events.pb.h"
#include "platform/reminders/reminder_rpc.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::reminders {
namespace {

using namespace std::chrono_literals;
using common::v1::ListRemindersReply;
using common::v1::ListRemindersRequest;

std::string shared_sql() {
  const std::ifstream file("platform/reminders/fired_reminders.sql");
  std::stringstream text;
  text << file.rdbuf();
  ensure(!text.str().empty(), "tests run in the source tree");
  return text.str();
}

// Bills that are due some day, and chores with days of warning of their own.
const std::vector<pg::Migration>& test_migrations() {
  static const std::vector<pg::Migration> all = {{"0001_fired_reminders.sql", shared_sql()},
                                                 {"0002_bills.sql", R"sql(
      CREATE TABLE bills (
        id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        due_on  date NOT NULL,
        paid    boolean NOT NULL DEFAULT false,
        planned timestamptz
      );
      CREATE INDEX bills_due_on ON bills (due_on, id);
      CREATE TABLE chores (
        id     uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        due_on date NOT NULL,
        warn   integer[] NOT NULL
      ))sql"}};
  return all;
}

constexpr const char* kBills = R"sql(
    SELECT b.id AS subject_id, b.due_on AS base_on, b.planned AS since,
           '{00000000-0000-7000-8000-000000000001}'::uuid[] AS audience_ids,
           '{00000000-0000-7000-8000-000000000002}'::uuid[] AS recipient_ids,
           b.id AS payment_id, 'П-'::text || b.due_on AS title,
           '{"subject": "Подтвердить платёж"}'::jsonb AS task
      FROM bills b
     WHERE NOT b.paid AND b.due_on BETWEEN $1 AND $2)sql";
constexpr const char* kChores = R"sql(
    SELECT c.id AS subject_id, c.due_on AS base_on, -w AS offset_days, NULL::timestamptz AS since,
           '{}'::uuid[] AS audience_ids, '{}'::uuid[] AS recipient_ids
      FROM chores c, unnest(c.warn) AS w
     WHERE c.due_on - w BETWEEN $1 AND $2)sql";

std::vector<Rule> rules() {
  return {{.rule = common::v1::REMINDER_RULE_PAYMENT_DUE,
           .subject_type = "payment",
           .offsets = {-3, 0},
           .subjects = kBills},
          {.rule = common::v1::REMINDER_RULE_TASK_DUE,
           .subject_type = "task",
           .offsets = {},
           .subjects = kChores,
           .audience_roles = {"head"}}};
}

// The clock of the test stands at noon of a day and is set by hand.
class EngineTest : public ::testing::Test {
 protected:
  EngineTest() { set_clock("2026-11-23T09:00:00Z"); }
  ~EngineTest() override { clock::shift(0s); }

  static void set_clock(const char* time) {
    const auto ahead = *parse_instant(time) - std::chrono::system_clock::now();
    clock::shift(std::chrono::duration_cast<std::chrono::seconds>(ahead) + 1s);
  }
  std::string given_bill(const std::string& due_on, const std::string& planned = "NULL") {
    return database_.value("INSERT INTO bills (due_on, planned) VALUES ('" + due_on + "', " +
                           planned + ") RETURNING id");
  }
  void given_bills(int count, const std::string& due_on) {
    database_.execute("INSERT INTO bills (due_on) SELECT '" + due_on +
                      "' FROM generate_series(1, " + std::to_string(count) + ")");
  }
  std::unique_ptr<Engine> engine(int batch = 500) {
    return std::make_unique<Engine>(db_, Settings{.service = "payments", .at = 9h, .batch = batch},
                                    rules(), event_of<payments::v1::PaymentReminderDue>());
  }
  template <class T>
  static awaitable<void> into(std::optional<T>& result, awaitable<T> work) {
    result.emplace(co_await std::move(work));
  }
  void start(awaitable<void> work) {
    asio::co_spawn(io_, std::move(work), [](std::exception_ptr failed) {
      if (failed) std::rethrow_exception(failed);
    });
  }
  template <class T>
  T run(awaitable<T> work) {
    std::optional<T> result;
    io_.restart();
    start(into(result, std::move(work)));
    io_.run();
    return std::move(*result);
  }
  int fire(Engine& engine) {
    const auto fired = run(engine.run());
    return fired ? *fired : -1;
  }
  int fire() { return fire(*engine()); }
  int events() { return std::stoi(database_.value("SELECT count(*) FROM outbox")); }
  Result<ListRemindersReply> list(const ListRemindersRequest& request) {
    ReminderRpc rpc(db_, rules());
    Context context = system_context("test", 30s);
    return run(rpc.list_reminders(context, request));
  }

  asio::io_context io_;
  testing::FreshDatabase database_{"reminders", test_migrations()};
  pg::Database db_{io_.get_executor(), {.dsn = database_.dsn(), .application_name = "reminders"}};
};

TEST_F(EngineTest, TellsEachOnce) {
  const std::string bill = given_bill("2026-11-26");
  given_bill("2026-11-27");

  EXPECT_EQ(fire(), 1);
  EXPECT_EQ(fire(), 0);

  EXPECT_EQ(events(), 1);
  EXPECT_EQ(database_.value("SELECT type || ' ' || subject FROM outbox"),
            "payments.reminder.due " + bill);
  const std::string told =
      database_.value("SELECT (body::jsonb->'reminder') - 'payment_id'::text FROM outbox");
  EXPECT_THAT(told, ::testing::HasSubstr(R"("on": "2026-11-26")"));
  EXPECT_THAT(told, ::testing::HasSubstr(R"("rule": "payment_due")"));
  EXPECT_THAT(told, ::testing::HasSubstr(R"("fires_on": "2026-11-23")"));
  EXPECT_THAT(told, ::testing::HasSubstr(R"("offset_days": -3)"));
  EXPECT_THAT(told, ::testing::HasSubstr(R"("task": {"subject": "Подтвердить платёж")"));
  EXPECT_EQ(database_.value("SELECT headers->>'entity_type' FROM outbox"), "reminder");
  EXPECT_EQ(database_.value("SELECT headers->>'audience_roles' FROM outbox"),
            R"(["finance", "head", "admin"])");
}

TEST_F(EngineTest, NothingFiresBeforeItsHour) {
  given_bill("2026-11-26");
  set_clock("2026-11-23T05:58:00Z");

  EXPECT_EQ(fire(), 0);
  set_clock("2026-11-23T06:00:00Z");
  EXPECT_EQ(fire(), 1);
}

TEST_F(EngineTest, AMovedDateCountsAnewAndAPaidBillNotAtAll) {
  const std::string bill = given_bill("2026-11-23");
  const std::string paid = given_bill("2026-11-23");
  database_.execute("UPDATE bills SET paid = true WHERE id = '" + paid + "'");
  const auto same = engine();
  EXPECT_EQ(fire(*same), 2);  // -3, missed, and 0.

  database_.execute("UPDATE bills SET due_on = '2026-11-26' WHERE id = '" + bill + "'");
  EXPECT_EQ(fire(*same), 1);
  database_.execute("UPDATE bills SET due_on = '2026-11-23' WHERE id = '" + bill + "'");
  EXPECT_EQ(fire(*same), 0);
}

TEST_F(EngineTest, CatchesUpSevenDaysAndNoMore) {
  given_bill("2026-11-16");
  given_bill("2026-11-15");

  EXPECT_EQ(fire(), 1);
  EXPECT_EQ(database_.value("SELECT body::jsonb#>>'{reminder,fires_on}' FROM outbox"),
            "2026-11-16");
}

TEST_F(EngineTest, ADateKnownTodayIsNotLate) {
  given_bill("2026-11-23", "'2026-11-23 08:00Z'");
  // Of a clock that stood elsewhere: it says nothing.
  given_bill("2026-11-23", "'2027-01-01 08:00Z'");

  EXPECT_EQ(fire(), 3);
  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders WHERE offset_days = 0"), "2");
}

TEST_F(EngineTest, AClockSetBackAndForwardRepeatsNothing) {
  given_bill("2026-11-20");
  given_bill("2026-11-23");
  const auto same = engine();
  EXPECT_EQ(fire(*same), 4);

  set_clock("2026-11-20T09:00:00Z");
  EXPECT_EQ(fire(*same), 0);
  set_clock("2026-11-23T09:00:00Z");
  EXPECT_EQ(fire(*same), 0);
  given_bill("2026-11-26");
  set_clock("2026-11-26T09:00:00Z");
  EXPECT_EQ(fire(*same), 2);
}

TEST_F(EngineTest, TheDayOfSummerTimeFiresOnce) {
  clock::set_time_zone("Europe/Berlin");
  given_bill("2026-03-29");
  set_clock("2026-03-29T06:59:00Z");  // 08:59 of the new time.
  EXPECT_EQ(fire(), 1);               // -3 of three days ago.
  set_clock("2026-03-29T07:00:00Z");
  EXPECT_EQ(fire(), 1);
  set_clock("2026-03-29T08:30:00Z");
  EXPECT_EQ(fire(), 0);
  clock::set_time_zone("Europe/Moscow");
}

TEST_F(EngineTest, SubjectsMayBringTheirOwnOffsets) {
  database_.execute("INSERT INTO chores (due_on, warn) VALUES ('2026-11-24', '{1, 5}')");

  EXPECT_EQ(fire(), 2);
  EXPECT_EQ(fire(), 0);
  EXPECT_EQ(database_.value("SELECT string_agg(offset_days::text, ' ' ORDER BY offset_days) "
                            "FROM fired_reminders"),
            "-5 -1");
}

TEST_F(EngineTest, AStopInTheMiddleLosesAndRepeatsNothing) {
  given_bills(40, "2026-11-23");
  // The fourth batch breaks: its row collides with a broken outbox.
  database_.execute(R"sql(
      CREATE FUNCTION stop_at_15() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM outbox) >= 15 THEN RAISE EXCEPTION 'stopped'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER stops BEFORE INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION stop_at_15())sql");
  EXPECT_THROW(fire(*engine(5)), Broken);
  EXPECT_EQ(events(), 15);

  database_.execute("DROP TRIGGER stops ON outbox");
  EXPECT_EQ(fire(*engine(5)), 65);

  EXPECT_EQ(database_.value("SELECT count(*) FROM (SELECT DISTINCT subject, body::jsonb#>>"
                            "'{reminder,offset_days}' FROM outbox) AS told"),
            "80");
  EXPECT_EQ(events(), 80);
}

TEST_F(EngineTest, TwoInstancesTellEachOnce) {
  given_bills(200, "2026-11-23");
  const auto first = engine(10);
  const auto second = engine(10);

  std::optional<Result<int>> of_first;
  std::optional<Result<int>> of_second;
  io_.restart();
  start(into(of_first, first->run()));
  start(into(of_second, second->run()));
  io_.run();
  EXPECT_TRUE(of_first->ok() || of_second->ok());
  const int rest = fire(*first) + fire(*second);
  EXPECT_LT(rest, 400);

  EXPECT_EQ(events(), 400);
  EXPECT_EQ(database_.value("SELECT count(DISTINCT (subject, body::jsonb#>>'{reminder,"
                            "offset_days}')) FROM outbox"),
            "400");
}

TEST_F(EngineTest, ADayOfThirtyThousandIsQuick) {
  given_bills(30000, "2026-11-26");
  given_bills(200000, "2027-02-01");
  database_.execute("ANALYZE bills");

  const auto started = std::chrono::steady_clock::now();
  EXPECT_EQ(fire(), 30000);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;

  std::cout << "30,000 reminders fired in " << took.count() << " s\n";
  EXPECT_LT(took.count(), 30);
  EXPECT_EQ(events(), 30000);
}

TEST_F(EngineTest, OldRowsAreForgottenButNotThoseThatCouldFireAgain) {
  given_bill("2026-11-23");
  EXPECT_EQ(fire(), 2);
  set_clock("2027-02-01T09:00:00Z");
  EXPECT_EQ(fire(), 0);

  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders"), "0");
}

TEST_F(EngineTest, TheDryRunSaysWhatWillFireAndChangesNothing) {
  given_bill("2026-11-23");
  given_bill("2026-12-10");
  given_bill("2027-03-01");

  const auto reply = list(ListRemindersRequest());

  ASSERT_TRUE(reply.ok());
  std::vector<std::string> told;
  for (const auto& reminder : reply->reminders()) {
    told.push_back(reminder.fires_on() + " " + std::to_string(reminder.offset_days()) + " " +
                   reminder.title());
  }
  EXPECT_THAT(told,
              ::testing::ElementsAre("2026-11-23 0 П-2026-11-23", "2026-12-07 -3 П-2026-12-10",
                                     "2026-12-10 0 П-2026-12-10"));
  ASSERT_EQ(reply->counts_size(), 3);
  EXPECT_EQ(reply->counts(0).count(), 1);
  EXPECT_EQ(events(), 0);
  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders"), "0");
}

TEST_F(EngineTest, TheDryRunIsPagedByRule) {
  given_bills(7, "2026-11-26");
  given_bills(4, "2026-11-25");
  ListRemindersRequest request;
  request.set_rule(common::v1::REMINDER_RULE_PAYMENT_DUE);
  request.set_page_size(4);
  std::vector<std::string> seen;
  do {
    const auto reply = list(request);
    ASSERT_TRUE(reply.ok());
    for (const auto& reminder : reply->reminders()) {
      seen.push_back(reminder.fires_on() + reminder.subject_id());
    }
    request.set_page_token(reply->next_page_token());
  } while (!request.page_token().empty());

  EXPECT_EQ(seen.size(), 18U);  // -3 of the 26th, 0 of both.
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
    return a.substr(0, 10) < b.substr(0, 10);
  }));
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_F(EngineTest, TheDryRunRefusesWhatItCannotAnswer) {
  ListRemindersRequest request;
  request.set_on("2027-11-26");
  EXPECT_EQ(list(request).error().fields.at(0).code, "outside_the_window");

  request.set_on("");
  request.set_page_token("AAAA");
  EXPECT_EQ(list(request).error().fields.at(0).code, "needs_rule");
  request.set_rule(common::v1::REMINDER_RULE_PAYMENT_DUE);
  EXPECT_EQ(list(request).error().fields.at(0).code, "of_another_list");
}

}  // namespace
}  // namespace bordero::reminders
