#include "services/tasks/src/tasks/task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/tasks/src/tasks/recurrence.hpp"

namespace bordero::tasks {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Standing kAssignee = {.assignee = true};
constexpr Standing kAuthor = {.author = true};
constexpr Standing kBoth = {.assignee = true, .author = true};
constexpr Standing kNobody = {};

Task task(v1::TaskStatus status) { return {.status = status}; }

std::string field_code(const Result<void>& result) {
  if (result || result.error().fields.empty()) return "";
  return result.error().fields[0].field + ":" + result.error().fields[0].code;
}

TEST(MoveTask, EveryStepBelongsToItsMover) {
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_NEW), kAssignee), ElementsAre("in_progress"));
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_NEW), kAuthor), ElementsAre("cancelled"));
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_NEW), kNobody), IsEmpty());
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_IN_PROGRESS), kAssignee), ElementsAre("done"));
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_IN_PROGRESS), kBoth),
              ElementsAre("cancelled", "done"));
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_DONE), kAuthor), ElementsAre("in_progress"));
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_DONE), kAssignee), IsEmpty());
  EXPECT_THAT(allowed_moves(task(v1::TASK_STATUS_CANCELLED), kBoth), IsEmpty());
}

TEST(MoveTask, StepsThatAreNoneAreRefusedWithWhatIsAllowed) {
  const auto skipped = may_move(task(v1::TASK_STATUS_NEW), kBoth, {.to = v1::TASK_STATUS_DONE});
  EXPECT_EQ(skipped.error().reason, "task_transition_not_allowed");
  EXPECT_THAT(skipped.error().allowed, ElementsAre("in_progress", "cancelled"));

  for (const auto from : {v1::TASK_STATUS_IN_PROGRESS, v1::TASK_STATUS_DONE}) {
    EXPECT_EQ(may_move(task(from), kBoth, {.to = v1::TASK_STATUS_NEW}).error().reason,
              "task_transition_not_allowed");
  }
}

TEST(MoveTask, OthersStepsAreForbidden) {
  EXPECT_EQ(may_move(task(v1::TASK_STATUS_NEW), kAuthor, {.to = v1::TASK_STATUS_IN_PROGRESS})
                .error()
                .reason,
            "only_the_assignee");
  EXPECT_EQ(may_move(task(v1::TASK_STATUS_NEW), kAssignee,
                     {.to = v1::TASK_STATUS_CANCELLED, .reason = "x"})
                .error()
                .reason,
            "only_the_author");
}

TEST(MoveTask, EachStepSaysWhatItMust) {
  const Task working = task(v1::TASK_STATUS_IN_PROGRESS);
  const Task done = task(v1::TASK_STATUS_DONE);
  EXPECT_EQ(field_code(may_move(working, kBoth, {.to = v1::TASK_STATUS_DONE, .comment = " "})),
            "comment:result_required");
  EXPECT_EQ(field_code(may_move(done, kBoth, {.to = v1::TASK_STATUS_IN_PROGRESS})),
            "comment:missing_part_required");
  EXPECT_EQ(field_code(may_move(working, kBoth, {.to = v1::TASK_STATUS_CANCELLED})),
            "reason:cancel_reason_required");
  EXPECT_EQ(field_code(may_move(task(v1::TASK_STATUS_NEW), kBoth,
                                {.to = v1::TASK_STATUS_IN_PROGRESS, .comment = "x"})),
            "comment:only_when_done_or_returned");
  EXPECT_EQ(field_code(may_move(working, kBoth,
                                {.to = v1::TASK_STATUS_DONE, .comment = "x", .reason = "y"})),
            "reason:only_when_cancelling");
  EXPECT_TRUE(may_move(working, kAssignee, {.to = v1::TASK_STATUS_DONE, .comment = "готово"}));
  EXPECT_TRUE(may_move(done, kAuthor, {.to = v1::TASK_STATUS_IN_PROGRESS, .comment = "нет VIN"}));
}

TEST(ChangeTask, IsTheAuthorsWhileItIsOpen) {
  EXPECT_TRUE(may_change(task(v1::TASK_STATUS_NEW), kAuthor));
  EXPECT_EQ(may_change(task(v1::TASK_STATUS_NEW), kAssignee).error().reason, "only_the_author");
  EXPECT_EQ(may_change(task(v1::TASK_STATUS_DONE), kAuthor).error().reason, "task_is_finished");
}

TEST(StandingOfTask, TheLeadStandsInForRulesAndForWhoLeft) {
  const Caller lead{.user_id = "lead", .role = Role::agent};
  const Caller author{.user_id = "author", .role = Role::agent};
  Task made{.author_id = "author", .assignee_id = "lead", .lead_agent_id = "lead"};
  EXPECT_TRUE(standing_of(made, author).author);
  EXPECT_FALSE(standing_of(made, lead).author);
  EXPECT_TRUE(standing_of(made, lead).assignee);

  made.author_left = true;
  EXPECT_TRUE(standing_of(made, lead).author);
  EXPECT_FALSE(standing_of(made, author).author);

  const Task by_rule{.lead_agent_id = "lead"};
  EXPECT_TRUE(standing_of(by_rule, lead).author);
  EXPECT_FALSE(standing_of(by_rule, author).author);
  const Task nobodys;
  EXPECT_FALSE(standing_of(nobodys, Caller{.role = Role::agent}).author);

  const Standing admin = standing_of(made, Caller{.user_id = "a", .role = Role::admin});
  EXPECT_TRUE(admin.author && admin.assignee);
}

v1::Task due(const char* on, const char* at) {
  v1::Task task;
  task.set_due_on(on);
  task.set_due_at(at);
  return task;
}

TEST(DueTask, IsADayOrATime) {
  EXPECT_TRUE(check_due(due("", "")));
  EXPECT_TRUE(check_due(due("2026-11-27", "")));
  EXPECT_EQ(field_code(check_due(due("2026-11-27", "2026-11-27T12:00:00Z"))),
            "due_at:due_on_or_due_at");
  EXPECT_FALSE(due_instant(due("", "")).has_value());
  EXPECT_EQ(instant_text(*due_instant(due("2026-11-27", ""))), "2026-11-27T20:59:59.000000Z");
  EXPECT_EQ(due_day(due("", "2026-11-27T22:30:00Z"))->str(), "2026-11-28");
}

TEST(DueTask, RemindersFitIt) {
  auto task = due("2026-11-27", "");
  task.add_reminders()->set_days(1);
  EXPECT_TRUE(check_due(task));
  task.add_reminders()->set_days(1);
  EXPECT_EQ(field_code(check_due(task)), "reminders:twice_the_same");
  task.mutable_reminders(1)->set_minutes(5);
  EXPECT_EQ(field_code(check_due(task)), "reminders:days_or_minutes");
  task.mutable_reminders(1)->set_days(0);
  EXPECT_EQ(field_code(check_due(task)), "reminders:minutes_need_due_at");
  auto timed = due("", "2026-11-27T12:00:00Z");
  timed.add_reminders()->set_minutes(30);
  EXPECT_TRUE(check_due(timed));
  auto without = due("", "");
  without.add_reminders()->set_days(1);
  EXPECT_EQ(field_code(check_due(without)), "reminders:need_a_due_date");
  without.clear_reminders();
  without.mutable_recurrence()->set_every(v1::RECURRENCE_EVERY_DAILY);
  EXPECT_EQ(field_code(check_due(without)), "recurrence:need_a_due_date");
}

std::string next(v1::RecurrenceEvery every, int interval, const char* first, const char* after,
                 const char* until = "") {
  v1::Recurrence recurrence;
  recurrence.set_every(every);
  recurrence.set_interval(interval);
  recurrence.set_until(until);
  const auto date = next_in_series(recurrence, *Date::parse(first), *Date::parse(after));
  return date ? date->str() : "";
}

TEST(Series, NextDateCountsFromTheFirst) {
  using namespace v1;
  EXPECT_EQ(next(RECURRENCE_EVERY_DAILY, 0, "2026-11-23", "2026-11-23"), "2026-11-24");
  EXPECT_EQ(next(RECURRENCE_EVERY_DAILY, 3, "2026-11-23", "2026-11-27"), "2026-11-29");
  EXPECT_EQ(next(RECURRENCE_EVERY_WEEKLY, 1, "2026-11-23", "2026-12-10"), "2026-12-14");
  EXPECT_EQ(next(RECURRENCE_EVERY_WEEKLY, 2, "2026-11-23", "2026-11-23"), "2026-12-07");
  EXPECT_EQ(next(RECURRENCE_EVERY_MONTHLY, 1, "2027-01-31", "2027-01-31"), "2027-02-28");
  EXPECT_EQ(next(RECURRENCE_EVERY_MONTHLY, 1, "2027-01-31", "2027-02-28"), "2027-03-31");
  EXPECT_EQ(next(RECURRENCE_EVERY_MONTHLY, 3, "2026-11-15", "2027-02-14"), "2027-02-15");
  EXPECT_EQ(next(RECURRENCE_EVERY_YEARLY, 1, "2024-02-29", "2026-11-23"), "2027-02-28");
  EXPECT_EQ(next(RECURRENCE_EVERY_YEARLY, 1, "2024-02-29", "2027-03-01"), "2028-02-29");
}

TEST(Series, EndsWithItsLastDay) {
  using namespace v1;
  EXPECT_EQ(next(RECURRENCE_EVERY_DAILY, 1, "2026-11-23", "2026-11-23", "2026-11-24"),
            "2026-11-24");
  EXPECT_EQ(next(RECURRENCE_EVERY_DAILY, 1, "2026-11-23", "2026-11-24", "2026-11-24"), "");
}

}  // namespace
}  // namespace bordero::tasks
