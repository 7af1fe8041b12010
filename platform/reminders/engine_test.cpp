#include "platform/reminders/reminders_fixture.hpp"

namespace bordero::reminders {
namespace {

class EngineTest : public RemindersTest {};

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
  // Made while the clock was telling.
  given_bill("2026-11-23", "'2026-11-23 12:00Z'");
  // Of a clock that stood elsewhere: it says nothing.
  given_bill("2026-11-23", "'2027-01-01 08:00Z'");

  EXPECT_EQ(fire(), 4);
  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders WHERE offset_days = 0"), "3");
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
  given_an_outbox_that_stops_at("15");  // The fourth batch breaks.
  EXPECT_EQ(fire(*engine(5)), -1);
  EXPECT_EQ(events(), 15);

  database_.execute("DROP TRIGGER stops ON outbox");
  database_.execute("UPDATE set_aside SET try_at = now()");
  EXPECT_EQ(fire(*engine(5)), 65);

  EXPECT_EQ(database_.value("SELECT count(*) FROM (SELECT DISTINCT subject, body::jsonb#>>"
                            "'{reminder,offset_days}' FROM outbox) AS told"),
            "80");
  EXPECT_EQ(events(), 80);
}

TEST_F(EngineTest, WhatABrokenBatchClaimedIsToldOrNotClaimedAtAll) {
  given_bills(600, "2026-11-23");
  given_an_outbox_that_stops_at("500");
  EXPECT_EQ(fire(*engine(2000)), -1);  // Each alone, as far as the outbox takes them.
  EXPECT_EQ(events(), 500);
  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders"), "500");

  database_.execute("DROP TRIGGER stops ON outbox");
  database_.execute("UPDATE set_aside SET try_at = now()");
  EXPECT_EQ(fire(*engine(2000)), 700);
  EXPECT_EQ(events(), 1200);
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
  // Who finds the other at a rule leaves it to them, and looks again at its next turn.
  EXPECT_GE(fire(*first), 0);
  EXPECT_EQ(fire(*second), 0);

  EXPECT_EQ(events(), 400);
  EXPECT_EQ(database_.value("SELECT count(DISTINCT (subject, body::jsonb#>>'{reminder,"
                            "offset_days}')) FROM outbox"),
            "400");
}

TEST_F(EngineTest, ADayOfThirtyThousandFiresOnce) {
  given_bills(30000, "2026-11-26");
  given_bills(200000, "2027-02-01");
  database_.execute("ANALYZE bills");

  EXPECT_EQ(fire(), 30000);
  EXPECT_EQ(fire(), 0);
  EXPECT_EQ(events(), 30000);
}

TEST_F(EngineTest, OldRowsAreForgottenButNotThoseThatCouldFireAgain) {
  given_bill("2026-11-23");
  EXPECT_EQ(fire(), 2);
  set_clock("2027-02-01T09:00:00Z");
  EXPECT_EQ(fire(), 0);

  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders"), "0");
}

}  // namespace
}  // namespace bordero::reminders
