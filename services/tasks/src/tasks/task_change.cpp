#include "services/tasks/src/tasks/task_change.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "bordero/tasks/v1/events.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/reminders/wall_clock.hpp"
#include "services/tasks/src/tasks/recurrence.hpp"
#include "services/tasks/src/tasks/task_history.hpp"

namespace bordero::tasks {
namespace {

mq::About about(const StoredTask& stored) {
  mq::About about{.entity_type = "task",
                  .entity_id = stored.view.id(),
                  .version = stored.view.version(),
                  .audience_users = stored.people,
                  .audience_roles = {"head", "admin"}};
  if (!stored.view.payment_id().empty()) about.audience_roles.emplace_back("finance");
  return about;
}

// What an update tells of; assignee and status have events of their own.
std::vector<std::string> other_changes(const v1::Task& before, const v1::Task& after) {
  std::vector<std::string> changed;
  google::protobuf::util::MessageDifferencer differencer;
  for (const char* name :
       {"subject", "description", "priority", "due_on", "due_at", "reminders", "recurrence"}) {
    const auto* field = v1::Task::descriptor()->FindFieldByName(name);
    if (!differencer.CompareWithFields(before, after, {field}, {field})) changed.emplace_back(name);
  }
  return changed;
}

template <class Event>
Event change_event(const v1::Task& before, const v1::Task& after) {
  Event event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  return event;
}

std::string words_of_step(const v1::Task& before, const v1::Task& after) {
  if (after.status() == v1::TASK_STATUS_CANCELLED) return after.cancel_reason();
  if (after.status() == v1::TASK_STATUS_DONE) return after.result_comment();
  return before.status() == v1::TASK_STATUS_DONE ? after.return_comment() : std::string();
}

void tell_changes(pg::Transaction& tx, const Context& ctx, const v1::Task& before,
                  const StoredTask& now) {
  const v1::Task& after = now.view;
  if (before.assignee_id() != after.assignee_id()) {
    mq::publish(tx, ctx, change_event<v1::TaskAssigned>(before, after), about(now));
    write_assigned(tx, ctx, before, after);
  }
  if (const auto fields = other_changes(before, after); !fields.empty()) {
    mq::publish(tx, ctx, change_event<v1::TaskUpdated>(before, after), about(now));
    write_updated(tx, ctx, before, after, fields);
  }
  if (before.status() == after.status()) return;
  auto event = change_event<v1::TaskStatusChanged>(before, after);
  event.set_comment(words_of_step(before, after));
  mq::publish(tx, ctx, event, about(now));
  write_moved(tx, ctx, before, after, event.comment());
}

bool next_when_done(const v1::Task& task) {
  return task.has_recurrence() && task.recurrence().start() != v1::RECURRENCE_START_ON_DATE;
}

// The same task on another day; a time keeps the hour that clocks show.
v1::Task repeated_on(const v1::Task& last, Date day) {
  v1::Task next;
  next.set_subject(last.subject());
  next.set_description(last.description());
  next.set_deal_id(last.deal_id());
  next.set_policy_id(last.policy_id());
  next.set_payment_id(last.payment_id());
  next.set_priority(last.priority());
  next.set_assignee_id(last.assignee_id());
  next.set_author_id(last.author_id());
  next.set_rule(last.rule());
  *next.mutable_reminders() = last.reminders();
  *next.mutable_recurrence() = last.recurrence();
  if (const auto at = parse_instant(last.due_at())) {
    next.set_due_at(instant_text(wall_clock::instant_at(day, wall_clock::time_of_day(*at))));
  } else {
    next.set_due_on(day.str());
  }
  return next;
}

awaitable<StoredTask> make_in_series(pg::Transaction& tx, const Context& ctx,
                                     const v1::Task& wanted, const std::optional<Series>& series) {
  v1::Task task = wanted;
  task.set_id(Uuid::v7().str());
  task.set_number(co_await next_task_number(tx));
  task.set_status(v1::TASK_STATUS_NEW);
  if (task.priority() == v1::TASK_PRIORITY_UNSPECIFIED) {
    task.set_priority(v1::TASK_PRIORITY_NORMAL);
  }
  insert_task(tx, task, series);
  auto made = co_await find_task(tx, task.id());
  ensure(made.has_value(), "a task that was just made is there");
  v1::TaskCreated event;
  *event.mutable_task() = made->view;
  mq::publish(tx, ctx, event, about(*made));
  write_created(tx, ctx, made->view);
  co_return std::move(*made);
}

}  // namespace

awaitable<StoredTask> make_task(pg::Transaction& tx, const Context& ctx, const v1::Task& wanted) {
  const auto series = new_series(wanted);
  co_return co_await make_in_series(tx, ctx, wanted, series);
}

awaitable<StoredTask> change_task(pg::Transaction& tx, const Context& ctx, const StoredTask& before,
                                  const v1::Task& after) {
  if (google::protobuf::util::MessageDifferencer::Equals(before.view, after)) co_return before;
  const auto series = series_after(before, after);
  save_task(tx, before.view, after, series);
  auto now = co_await find_task(tx, after.id());
  ensure(now.has_value(), "a task that was just saved is there");
  tell_changes(tx, ctx, before.view, *now);
  const bool just_done =
      before.view.status() != v1::TASK_STATUS_DONE && now->view.status() == v1::TASK_STATUS_DONE;
  if (just_done && next_when_done(now->view)) co_await make_next_of_series(tx, ctx, *now);
  co_return std::move(*now);
}

v1::Task moved(const v1::Task& before, const Transition& transition) {
  v1::Task after = before;
  after.set_status(transition.to);
  if (transition.to == v1::TASK_STATUS_DONE) {
    after.set_result_comment(transition.comment);
    after.clear_return_comment();
  }
  if (transition.to == v1::TASK_STATUS_CANCELLED) after.set_cancel_reason(transition.reason);
  if (before.status() == v1::TASK_STATUS_DONE) after.set_return_comment(transition.comment);
  return after;
}

std::optional<Series> new_series(const v1::Task& task) {
  const auto day = due_day(task);
  if (!task.has_recurrence() || !day) return std::nullopt;
  return Series{.id = Uuid::v7().str(), .first = *day, .on = *day};
}

std::optional<Series> series_after(const StoredTask& before, const v1::Task& after) {
  if (!after.has_recurrence()) return std::nullopt;
  // Another rhythm is another series; a task that was only postponed keeps its place.
  google::protobuf::util::MessageDifferencer differencer;
  const bool same = before.series && before.view.has_recurrence() &&
                    differencer.Compare(before.view.recurrence(), after.recurrence());
  return same ? before.series : new_series(after);
}

awaitable<void> make_next_of_series(pg::Transaction& tx, const Context& ctx,
                                    const StoredTask& last) {
  if (!last.series || !last.view.has_recurrence()) co_return;
  // What was finished late goes on from today, not through every date that was missed.
  const Date passed = next_when_done(last.view)
                          ? std::max(last.series->on, clock::today().plus_days(-1))
                          : last.series->on;
  const auto day = next_in_series(last.view.recurrence(), last.series->first, passed);
  if (!day) co_return;
  std::optional<std::string> deal;
  if (!last.view.deal_id().empty()) deal = last.view.deal_id();
  const auto blocked = co_await tx.find_one(R"sql(
      SELECT EXISTS (SELECT FROM tasks WHERE series_id = $1 AND series_on >= $2) OR
             EXISTS (SELECT FROM deals WHERE id = $3 AND status = 'closed') AS blocked)sql",
                                            last.series->id, *day, deal);
  if (blocked->get<bool>("blocked")) co_return;
  const std::optional<Series> next =
      Series{.id = last.series->id, .first = last.series->first, .on = *day};
  const v1::Task task = repeated_on(last.view, *day);
  co_await make_in_series(tx, ctx, task, next);
}

}  // namespace bordero::tasks
