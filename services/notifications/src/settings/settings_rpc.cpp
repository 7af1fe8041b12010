#include "services/notifications/src/settings/settings_rpc.hpp"

#include "services/notifications/src/settings/settings.hpp"
#include "services/notifications/src/settings/settings_store.hpp"

namespace bordero::notifications {

awaitable<Result<v1::NotificationSettings>> SettingsRpc::get(
    Context& ctx, const v1::GetNotificationSettingsRequest&) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await find_settings(tx, ctx.caller.user_id);
}

awaitable<Result<v1::NotificationSettings>> SettingsRpc::update(
    Context& ctx, const v1::UpdateNotificationSettingsRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  // Two tabs of one person wait for each other, so that neither undoes the other's field.
  tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
             "settings." + ctx.caller.user_id);
  const auto before = co_await find_settings(tx, ctx.caller.user_id);
  CO_TRY(const auto chosen, patch(before, request));
  const auto after = co_await save_settings(tx, ctx.caller.user_id, chosen);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

}  // namespace bordero::notifications
