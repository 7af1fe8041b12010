#include "services/notifications/src/news/news.hpp"

#include <algorithm>
#include <set>

#include "platform/pg/param.hpp"

namespace bordero::notifications {
namespace {

constexpr std::size_t kExcerpt = 300;  // Characters of what somebody wrote.

// The beginning of a text, never half a character.
std::string excerpt(const std::string& text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && characters++ == kExcerpt) return text.substr(0, i) + "…";
  }
  return text;
}

template <class E>
std::string tail(E value) {
  return pg::enum_tail(google::protobuf::GetEnumDescriptor<E>(), value);
}

News task_news(v1::NotificationKind kind, const tasks::v1::Task& task,
               const std::string& recipient) {
  News news{
      .kind = kind, .subject_type = "task", .subject_id = task.id(), .deal_id = task.deal_id()};
  news.details.set_title(task.subject());
  news.details.set_on(task.due_on());
  if (!recipient.empty()) news.recipients = {recipient};
  return news;
}

bool asked_for_by_the_clock(const tasks::v1::Task& task) {
  return !task.rule().empty() &&
         pg::enum_number(common::v1::ReminderRule_descriptor(), task.rule()).has_value();
}

const std::string& author_of(const tasks::v1::Task& task) {
  return task.author_id().empty() ? task.lead_agent_id() : task.author_id();
}

std::set<std::string> functions_of(const crm::v1::Deal& deal, const std::string& user_id) {
  std::set<std::string> functions;
  for (const auto& member : deal.members()) {
    if (member.user_id() == user_id) functions.insert(tail(member.function()));
  }
  return functions;
}

}  // namespace

AllNews about_reminder(const common::v1::Reminder& reminder) {
  News news{.kind = v1::NOTIFICATION_KIND_REMINDER,
            .subject_type = reminder.subject_type(),
            .subject_id = reminder.subject_id(),
            .deal_id = reminder.deal_id()};
  news.details.set_title(reminder.title());
  news.details.set_rule(reminder.rule());
  news.details.set_on(reminder.on());
  news.details.set_offset_days(reminder.offset_days());
  news.recipients.assign(reminder.recipient_ids().begin(), reminder.recipient_ids().end());
  return {news};
}

AllNews about_task_created(const tasks::v1::Task& task) {
  if (asked_for_by_the_clock(task)) return {};
  return {task_news(v1::NOTIFICATION_KIND_TASK_ASSIGNED, task, task.assignee_id())};
}

AllNews about_task_assigned(const tasks::v1::Task& task) {
  return {task_news(v1::NOTIFICATION_KIND_TASK_ASSIGNED, task, task.assignee_id())};
}

AllNews about_task_moved(const tasks::v1::Task& before, const tasks::v1::Task& after,
                         const std::string& comment) {
  const bool done = after.status() == tasks::v1::TASK_STATUS_DONE;
  const bool returned = before.status() == tasks::v1::TASK_STATUS_DONE &&
                        after.status() == tasks::v1::TASK_STATUS_IN_PROGRESS;
  if (!done && !returned) return {};
  News news = done ? task_news(v1::NOTIFICATION_KIND_TASK_DONE, after, author_of(after))
                   : task_news(v1::NOTIFICATION_KIND_TASK_RETURNED, after, after.assignee_id());
  news.details.set_text(excerpt(comment));
  return {news};
}

AllNews about_mentions(const crm::v1::JournalEntry& before, const crm::v1::JournalEntry& after) {
  News news{.kind = v1::NOTIFICATION_KIND_MENTION,
            .subject_type = "deal",
            .subject_id = after.deal_id(),
            .deal_id = after.deal_id()};
  news.details.set_text(excerpt(after.text()));
  for (const auto& user_id : after.mentioned_ids()) {
    const auto& known = before.mentioned_ids();
    if (std::find(known.begin(), known.end(), user_id) == known.end()) {
      news.recipients.push_back(user_id);
    }
  }
  return {news};
}

AllNews about_team(const crm::v1::Deal& before, const crm::v1::Deal& after) {
  AllNews all;
  std::set<std::string> people;
  for (const auto& member : after.members()) people.insert(member.user_id());
  for (const auto& user_id : people) {
    if (!functions_of(before, user_id).empty()) continue;
    News news{.kind = v1::NOTIFICATION_KIND_TEAM_JOINED,
              .subject_type = "deal",
              .subject_id = after.id(),
              .deal_id = after.id()};
    for (const auto& function : functions_of(after, user_id)) {
      news.details.add_functions(function);
    }
    news.recipients = {user_id};
    all.push_back(std::move(news));
  }
  return all;
}

AllNews about_deal_moved(const crm::v1::Deal& before, const crm::v1::Deal& after,
                         const std::string& reason) {
  News news{.kind = v1::NOTIFICATION_KIND_DEAL_MOVED,
            .subject_type = "deal",
            .subject_id = after.id(),
            .deal_id = after.id(),
            .recipients = {after.lead_agent_id()}};
  news.details.set_from_status(tail(before.status()));
  news.details.set_to_status(tail(after.status()));
  news.details.set_text(excerpt(reason));
  return {news};
}

AllNews about_export(const common::v1::Job& job, const std::string& title) {
  const bool done = job.status() == common::v1::JOB_STATUS_DONE;
  if (!done && job.status() != common::v1::JOB_STATUS_FAILED) return {};
  News news{.kind = done ? v1::NOTIFICATION_KIND_EXPORT_READY : v1::NOTIFICATION_KIND_EXPORT_FAILED,
            .subject_type = "job",
            .subject_id = job.id(),
            .recipients = {job.user_id()}};
  news.details.set_title(done ? job.file_name() : title);
  news.details.set_error(job.error());
  return {news};
}

AllNews about_payment_moved(const payments::v1::Payment& before,
                            const payments::v1::Payment& after) {
  const bool received = before.status() == payments::v1::PAYMENT_STATUS_EXPECTED &&
                        after.status() == payments::v1::PAYMENT_STATUS_RECEIVED;
  if (!received || after.lead_agent_id().empty()) return {};
  News news{.kind = v1::NOTIFICATION_KIND_PAYMENT_RECEIVED,
            .subject_type = "payment",
            .subject_id = after.id(),
            .deal_id = after.deal_id(),
            .recipients = {after.lead_agent_id()}};
  news.details.set_title(after.policy_number());
  news.details.set_on(after.actual_date());
  *news.details.mutable_amount() = after.amount();
  return {news};
}

}  // namespace bordero::notifications
