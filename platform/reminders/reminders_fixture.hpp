#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "bordero/payments/v1/events.pb.h"
#include "platform/reminders/engine.hpp"
#include "platform/reminders/reminder_rpc.hpp"
#include "platform/testing/stores.hpp"

namespace bordero::reminders {

using namespace std::chrono_literals;
using common::v1::ListRemindersReply;
using common::v1::ListRemindersRequest;

inline std::string shared_sql() {
  const std::ifstream file("platform/reminders/fired_reminders.sql");
  std::stringstream text;
  text << file.rdbuf();
  ensure(!text.str().empty(), "tests run in the source tree");
  return text.str();
}

// Bills that are due some day, and chores with days of warning of their own.
inline const std::vector<pg::Migration>& test_migrations() {
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

inline constexpr const char* kBills = R"sql(
    SELECT b.id AS subject_id, b.due_on AS base_on, b.planned AS since,
           '{00000000-0000-7000-8000-000000000001}'::uuid[] AS audience_ids,
           '{00000000-0000-7000-8000-000000000002}'::uuid[] AS recipient_ids,
           b.id AS payment_id, 'П-'::text || b.due_on AS title,
           '{"subject": "Подтвердить платёж"}'::jsonb AS task
      FROM bills b
     WHERE NOT b.paid AND b.due_on BETWEEN $1 AND $2)sql";
inline constexpr const char* kChores = R"sql(
    SELECT c.id AS subject_id, c.due_on AS base_on, -w AS offset_days, NULL::timestamptz AS since,
           '{}'::uuid[] AS audience_ids, '{}'::uuid[] AS recipient_ids
      FROM chores c, unnest(c.warn) AS w
     WHERE c.due_on - w BETWEEN $1 AND $2)sql";

inline constexpr const char* kDatesOfBills = R"sql(
    SELECT id AS subject_id, due_on AS base_on FROM bills
     WHERE NOT paid AND due_on BETWEEN $1 AND $2)sql";
inline constexpr const char* kDatesOfChores = R"sql(
    SELECT c.id AS subject_id, c.due_on AS base_on, -w AS offset_days
      FROM chores c, unnest(c.warn) AS w
     WHERE c.due_on - w BETWEEN $1 AND $2)sql";

inline std::vector<Rule> rules() {
  return {{.rule = common::v1::REMINDER_RULE_PAYMENT_DUE,
           .subject_type = "payment",
           .offsets = {-3, 0},
           .subjects = kBills,
           .dates = kDatesOfBills},
          {.rule = common::v1::REMINDER_RULE_TASK_DUE,
           .subject_type = "task",
           .offsets = {},
           .subjects = kChores,
           .dates = kDatesOfChores,
           .audience_roles = {"head"}}};
}

// The clock of the test stands at noon of a day and is set by hand.
class RemindersTest : public ::testing::Test {
 protected:
  RemindersTest() { set_clock("2026-11-23T09:00:00Z"); }
  void TearDown() override { clock::shift(0s); }

  static void set_clock(const char* time) {
    const auto ahead = *parse_instant(time) - std::chrono::system_clock::now();
    clock::shift(std::chrono::duration_cast<std::chrono::seconds>(ahead) + 1s);
  }
  // It takes no more until its trigger `stops` is dropped.
  void given_an_outbox_that_stops_at(const std::string& events) {
    database_.execute(
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF (SELECT count(*) FROM outbox) >= " +
        events +
        " THEN RAISE EXCEPTION 'stopped'; END IF; RETURN NEW; END $$;"
        "CREATE TRIGGER stops BEFORE INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION stop()");
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

}  // namespace bordero::reminders
