#pragma once

#include <string>
#include <vector>

#include "bordero/common/v1/reminders.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "bordero/crm/v1/journal.pb.h"
#include "bordero/notifications/v1/jobs.pb.h"
#include "bordero/notifications/v1/notifications.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "bordero/tasks/v1/tasks.pb.h"

// Who is told what of an event. Nobody is told of their own act, nor of a deal that they do not
// see; that is seen to when it is told.
namespace bordero::notifications {

struct News {
  v1::NotificationKind kind = v1::NOTIFICATION_KIND_UNSPECIFIED;
  std::string subject_type = {};
  std::string subject_id = {};
  std::string deal_id = {};
  v1::NotificationDetails details = {};
  std::vector<std::string> recipients = {};
};
using AllNews = std::vector<News>;

AllNews about_reminder(const common::v1::Reminder& reminder);

// A task that the clock asked for says nothing new to whom the clock has told.
AllNews about_task_created(const tasks::v1::Task& task);
AllNews about_task_assigned(const tasks::v1::Task& task);
// Done: to its author, or the deal's lead for a rule's task. Returned: to its assignee.
AllNews about_task_moved(const tasks::v1::Task& before, const tasks::v1::Task& after,
                         const std::string& comment);

// Those who are mentioned and were not before.
AllNews about_mentions(const crm::v1::JournalEntry& before, const crm::v1::JournalEntry& after);
AllNews about_team(const crm::v1::Deal& before, const crm::v1::Deal& after);
AllNews about_deal_moved(const crm::v1::Deal& before, const crm::v1::Deal& after,
                         const std::string& reason);
// To its owner, unless it is they who ended it.
AllNews about_export(const common::v1::Job& job, const std::string& title);
AllNews about_payment_moved(const payments::v1::Payment& before,
                            const payments::v1::Payment& after);

}  // namespace bordero::notifications
