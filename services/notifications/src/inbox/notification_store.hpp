#pragma once

#include <string>
#include <vector>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/pg/database.hpp"
#include "services/notifications/src/inbox/notification_list.hpp"

namespace bordero::notifications {

// The reader's notification, held until the transaction ends; not_found for what they do not see.
awaitable<Result<v1::Notification>> lock_notification(pg::Transaction& tx, const Reader& reader,
                                                      Id<v1::Notification> id);
// Marks these as read; the ids of those that were unread.
awaitable<std::vector<std::string>> mark_read(pg::Transaction& tx, const Caller& caller,
                                              const std::vector<std::string>& ids);
void mark_unread(pg::Transaction& tx, Id<v1::Notification> id);
void put_away(pg::Transaction& tx, Id<v1::Notification> id, Instant until);
awaitable<v1::Notification> view_notification(pg::Transaction& tx, Id<v1::Notification> id);

// Takes back what was put away until now, at most `limit`; the ids with their owners.
struct Returned {
  Id<v1::Notification> id;
  std::string user_id;
  Instant until;
};
awaitable<std::vector<Returned>> take_back(pg::Transaction& tx, Instant now, int limit);

}  // namespace bordero::notifications
