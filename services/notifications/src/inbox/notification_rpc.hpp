#pragma once

#include <tuple>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"

namespace bordero::notifications {

// One's own notifications.
class NotificationRpc {
 public:
  NotificationRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::ListNotificationsReply>> list(Context& ctx,
                                                     const v1::ListNotificationsRequest& request);
  awaitable<Result<v1::NotificationCounts>> count(Context& ctx,
                                                  const v1::CountNotificationsRequest& request);
  awaitable<Result<v1::MarkReadReply>> mark_read(Context& ctx, const v1::MarkReadRequest& request);
  awaitable<Result<v1::Notification>> mark_unread(Context& ctx,
                                                  const v1::MarkUnreadRequest& request);
  awaitable<Result<v1::Notification>> remind_later(Context& ctx,
                                                   const v1::RemindLaterRequest& request);
  // Whether a kept answer may still be shown.
  awaitable<Result<void>> still_visible(Context& ctx, const std::string& notification_id);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&NotificationRpc::list, &NotificationRpc::count, &NotificationRpc::mark_read,
                      &NotificationRpc::mark_unread, &NotificationRpc::remind_later);
  }

 private:
  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::notifications
