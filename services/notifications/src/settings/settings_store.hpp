#pragma once

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::notifications {

awaitable<v1::NotificationSettings> find_settings(pg::Transaction& tx, const std::string& user_id);
awaitable<v1::NotificationSettings> save_settings(pg::Transaction& tx, const std::string& user_id,
                                                  const v1::NotificationSettings& settings);

}  // namespace bordero::notifications
