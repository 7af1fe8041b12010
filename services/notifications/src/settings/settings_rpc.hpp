#pragma once

#include <tuple>

#include "bordero/notifications/v1/notifications.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::notifications {

// One's own settings.
class SettingsRpc {
 public:
  explicit SettingsRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::NotificationSettings>> get(
      Context& ctx, const v1::GetNotificationSettingsRequest& request);
  awaitable<Result<v1::NotificationSettings>> update(
      Context& ctx, const v1::UpdateNotificationSettingsRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() { return std::tuple(&SettingsRpc::get, &SettingsRpc::update); }

 private:
  pg::Database& db_;
};

}  // namespace bordero::notifications
