#include "services/notifications/src/settings/settings_store.hpp"

#include "services/notifications/src/settings/settings.hpp"

namespace bordero::notifications {

awaitable<v1::NotificationSettings> find_settings(pg::Transaction& tx, const std::string& user_id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT quiet_from, quiet_to, digest, digest_at, version
        FROM notification_settings
       WHERE user_id = $1)sql",
                                        user_id);
  if (!row) co_return default_settings();
  co_return row->to<v1::NotificationSettings>();
}

awaitable<v1::NotificationSettings> save_settings(pg::Transaction& tx, const std::string& user_id,
                                                  const v1::NotificationSettings& settings) {
  const auto row = co_await tx.find_one(R"sql(
      INSERT INTO notification_settings (user_id, quiet_from, quiet_to, digest, digest_at)
      VALUES ($1, nullif($2, ''), nullif($3, ''), $4, $5)
          ON CONFLICT (user_id) DO UPDATE
         SET quiet_from = EXCLUDED.quiet_from, quiet_to = EXCLUDED.quiet_to,
             digest = EXCLUDED.digest, digest_at = EXCLUDED.digest_at,
             version = notification_settings.version + 1
   RETURNING quiet_from, quiet_to, digest, digest_at, version)sql",
                                        user_id, settings.quiet_from(), settings.quiet_to(),
                                        settings.digest(), settings.digest_at());
  ensure(row.has_value(), "an upsert returns its row");
  co_return row->to<v1::NotificationSettings>();
}

}  // namespace bordero::notifications
