#include "services/auth/src/users/preferences_rpc.hpp"

#include "platform/json/list.hpp"
#include "services/auth/src/users/preferences.hpp"

namespace bordero::auth {
namespace {

awaitable<v1::Preferences> find_preferences(pg::Transaction& tx, UserId user_id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT theme, language, density, single_keys, columns, version
        FROM preferences
       WHERE user_id = $1)sql",
                                        user_id);
  if (!row) co_return default_preferences();
  co_return row->to<v1::Preferences>();
}

awaitable<v1::Preferences> save_preferences(pg::Transaction& tx, UserId user_id,
                                            const v1::Preferences& chosen) {
  const auto row =
      co_await tx.find_one(R"sql(
      INSERT INTO preferences (user_id, theme, language, density, single_keys, columns)
      VALUES ($1, $2, $3, $4, $5, $6::jsonb)
          ON CONFLICT (user_id) DO UPDATE
         SET theme = excluded.theme, language = excluded.language, density = excluded.density,
             single_keys = excluded.single_keys, columns = excluded.columns,
             version = preferences.version + 1
   RETURNING theme, language, density, single_keys, columns, version)sql",
                           user_id, chosen.theme(), chosen.language(), chosen.density(),
                           chosen.single_keys(), json::list_text(chosen.columns()));
  ensure(row.has_value(), "an upsert returns its row");
  co_return row->to<v1::Preferences>();
}

}  // namespace

awaitable<Result<v1::Preferences>> PreferencesRpc::get_preferences(
    Context& context, const v1::GetPreferencesRequest&) {
  CO_TRY(const auto id, parse_id<v1::User>(context.caller.user_id, "user_id"));
  CO_TRY(auto tx, co_await db_.read(context));
  co_return co_await find_preferences(tx, id);
}

awaitable<Result<v1::Preferences>> PreferencesRpc::update_preferences(
    Context& context, const v1::UpdatePreferencesRequest& request) {
  CO_TRY(const auto id, parse_id<v1::User>(context.caller.user_id, "user_id"));
  CO_TRY(auto tx, co_await db_.begin(context));
  // Two tabs of one person wait for each other, so that neither undoes the other's field.
  tx.execute("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE", id);
  const auto before = co_await find_preferences(tx, id);
  CO_TRY(const auto chosen, patch(before, request));
  const auto after = co_await save_preferences(tx, id, chosen);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

}  // namespace bordero::auth
