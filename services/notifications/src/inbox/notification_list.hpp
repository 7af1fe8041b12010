#pragma once

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/base/context.hpp"
#include "platform/lists/list_page.hpp"

namespace bordero::notifications {

// One person's notifications, without those of deals that they do not see (any more). `left` are
// deals that they left a moment ago.
struct Reader {
  const Caller& caller;
  const std::vector<std::string>& left;
};

// The condition over rows `n` and its parameters, from $1.
struct Visible {
  std::string where;
  std::vector<pg::Param> params;
};
Visible visible_to(const Reader& reader);

awaitable<Result<v1::ListNotificationsReply>> list_notifications(
    pg::Transaction& tx, const Reader& reader, const v1::ListNotificationsRequest& request);
awaitable<v1::NotificationCounts> count_notifications(pg::Transaction& tx, const Reader& reader);

// Marks at most `limit` unread ones that the filter finds as read; their ids.
awaitable<Result<std::vector<std::string>>> mark_found(pg::Transaction& tx, const Caller& caller,
                                                       const std::string& filter, int limit);

}  // namespace bordero::notifications
