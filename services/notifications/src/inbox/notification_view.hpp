#pragma once

#include <string>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/mq/mq.hpp"
#include "platform/pg/row.hpp"

namespace bordero::notifications {

// Of rows `n` of notifications, with the names that go with them.
extern const char* const kNotificationColumns;
extern const char* const kNotificationJoins;

v1::Notification notification_of(const pg::Row& row);
// Says what its owner may do with it now.
void show(v1::Notification& notification);

// Events about a notification are for its owner alone.
mq::About about_notification(const std::string& user_id, const std::string& notification_id);
// …and about many of them at once.
mq::About about_inbox(const std::string& user_id);

}  // namespace bordero::notifications
