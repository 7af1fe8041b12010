#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::notifications {

// A delivery whose time has come.
struct Due {
  std::string user_id;
  std::string channel;
  int attempts = 0;
  bool active = false;  // The user is.
  v1::NotificationSettings settings;
  v1::Notification notification;
};
// The one that has been due longest on this channel; with an empty name, on a channel that is none
// of `all`.
awaitable<std::optional<Due>> lock_due(pg::Transaction& tx, const std::string& channel,
                                       const std::vector<std::string>& all, Instant now);

void hold(pg::Transaction& tx, const Due& due, Instant until);
void put_off(pg::Transaction& tx, const Due& due, Instant until);
// False when it was settled since it was locked.
awaitable<bool> save_delivery(pg::Transaction& tx, const Due& due, const v1::Delivery& delivery,
                              std::optional<Instant> next_attempt_at);

// How many deliveries wait for their channel.
awaitable<int> count_waiting(pg::Transaction& tx);

}  // namespace bordero::notifications
