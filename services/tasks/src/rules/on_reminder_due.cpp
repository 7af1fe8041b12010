#include "services/tasks/src/rules/on_reminder_due.hpp"

#include <algorithm>

#include "bordero/tasks/v1/events.pb.h"
#include "services/tasks/src/rules/rule_task.hpp"

namespace bordero::tasks {
namespace {

std::string rule_name(common::v1::ReminderRule rule) {
  return pg::enum_tail(common::v1::ReminderRule_descriptor(), rule);
}

// What is announced ahead is due on its date; what has passed, on the day of the reminder.
std::string due_on(const common::v1::Reminder& reminder) {
  return std::max(reminder.on(), reminder.fires_on());
}

RuleTask asked_by(const common::v1::Reminder& reminder) {
  RuleTask asked;
  asked.subject_id = reminder.subject_id();
  asked.occasion = reminder.on() + " " + std::to_string(reminder.offset_days());
  asked.line = reminder.fires_on() + ": " + reminder.task().subject();
  asked.task.set_rule(rule_name(reminder.rule()));
  asked.task.set_subject(reminder.task().subject());
  asked.task.set_deal_id(reminder.deal_id());
  asked.task.set_policy_id(reminder.policy_id());
  asked.task.set_payment_id(reminder.payment_id());
  asked.task.set_due_on(due_on(reminder));
  asked.task.set_priority(reminder.task().needs_comment() ? v1::TASK_PRIORITY_HIGH
                                                          : v1::TASK_PRIORITY_NORMAL);
  return asked;
}

}  // namespace

awaitable<Result<void>> on_reminder_due(pg::Transaction& tx, Context& ctx, const mq::Event& event) {
  v1::TaskReminderDue message;  // Every service wraps its reminders alike.
  if (!event.parse(message)) co_return invalid("event_not_readable");
  const auto& reminder = message.reminder();
  if (!reminder.has_task()) co_return Result<void>();
  if (!reminder.deal_id().empty()) {
    const auto deal = co_await tx.find_one("SELECT status FROM deals WHERE id = $1 FOR SHARE",
                                           reminder.deal_id());
    if (!deal) co_return unavailable("deal_not_copied_yet");
    if (deal->text("status") == "closed") co_return Result<void>();
  }
  const RuleTask asked = asked_by(reminder);
  Context acting = ctx;
  acting.caller = system_caller(asked.task.rule());
  std::vector<std::string> candidates = {reminder.task().assignee_id()};
  for (const auto& recipient : reminder.recipient_ids()) candidates.push_back(recipient);
  co_await make_rule_task(tx, acting, asked, candidates);
  co_return Result<void>();
}

}  // namespace bordero::tasks
