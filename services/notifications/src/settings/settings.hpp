#pragma once

#include <optional>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace bordero::notifications {

v1::NotificationSettings default_settings();
// The settings with what the request changes; quiet hours have both ends or none.
Result<v1::NotificationSettings> patch(v1::NotificationSettings settings,
                                       const v1::UpdateNotificationSettingsRequest& request);

// When the quiet hours that hold now end; nothing when it is not quiet. They may span midnight.
std::optional<Instant> quiet_until(const v1::NotificationSettings& settings, Instant now);

}  // namespace bordero::notifications
