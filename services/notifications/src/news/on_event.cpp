#include "services/notifications/src/news/on_event.hpp"

#include <map>

#include "bordero/crm/v1/events.pb.h"
#include "bordero/payments/v1/events.pb.h"
#include "bordero/tasks/v1/events.pb.h"
#include "services/notifications/src/inbox/tell.hpp"
#include "services/notifications/src/news/news.hpp"

namespace bordero::notifications {
namespace {

using Reader = Result<AllNews> (*)(const mq::Event& event);

template <class Message>
Result<Message> read(const mq::Event& event) {
  Message message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message;
}

Result<AllNews> of_reminder(const mq::Event& event) {
  return about_reminder(TRY(read<common::v1::AnyReminderDue>(event)).reminder());
}
Result<AllNews> of_task_created(const mq::Event& event) {
  return about_task_created(TRY(read<tasks::v1::TaskCreated>(event)).task());
}
Result<AllNews> of_task_assigned(const mq::Event& event) {
  return about_task_assigned(TRY(read<tasks::v1::TaskAssigned>(event)).after());
}
Result<AllNews> of_task_moved(const mq::Event& event) {
  const auto moved = TRY(read<tasks::v1::TaskStatusChanged>(event));
  return about_task_moved(moved.before(), moved.after(), moved.comment());
}
Result<AllNews> of_note(const mq::Event& event) {
  return about_mentions({}, TRY(read<crm::v1::JournalAdded>(event)).entry());
}
Result<AllNews> of_edited_note(const mq::Event& event) {
  const auto edited = TRY(read<crm::v1::JournalEdited>(event));
  return about_mentions(edited.before(), edited.after());
}
Result<AllNews> of_new_deal(const mq::Event& event) {
  return about_team({}, TRY(read<crm::v1::DealCreated>(event)).deal());
}
Result<AllNews> of_team(const mq::Event& event) {
  const auto changed = TRY(read<crm::v1::DealTeamChanged>(event));
  return about_team(changed.before(), changed.after());
}
Result<AllNews> of_deal_moved(const mq::Event& event) {
  const auto moved = TRY(read<crm::v1::DealStatusChanged>(event));
  return about_deal_moved(moved.before(), moved.after(), moved.reason());
}
Result<AllNews> of_payment_moved(const mq::Event& event) {
  const auto moved = TRY(read<payments::v1::PaymentStatusChanged>(event));
  return about_payment_moved(moved.before(), moved.after());
}

const std::map<std::string, Reader>& readers() {
  static const std::map<std::string, Reader> all = {
      {"crm.reminder.due", of_reminder},
      {"payments.reminder.due", of_reminder},
      {"tasks.reminder.due", of_reminder},
      {"tasks.task.created", of_task_created},
      {"tasks.task.assigned", of_task_assigned},
      {"tasks.task.status_changed", of_task_moved},
      {"crm.journal.added", of_note},
      {"crm.journal.edited", of_edited_note},
      {"crm.deal.created", of_new_deal},
      {"crm.deal.team_changed", of_team},
      {"crm.deal.status_changed", of_deal_moved},
      {"payments.payment.status_changed", of_payment_moved}};
  return all;
}

}  // namespace

void follow_news(mq::Consumer& consumer, std::vector<std::string> channels) {
  for (const auto& [type, reader] : readers()) {
    consumer.on(type,
                [reader = reader, channels](pg::Transaction& tx, Context& ctx,
                                            const mq::Event& event) -> awaitable<Result<void>> {
                  CO_TRY(const AllNews all, reader(event));
                  for (const News& news : all)
                    co_await tell(tx, ctx, news, cause_of(event), channels);
                  co_return Result<void>();
                });
  }
}

}  // namespace bordero::notifications
