#include "services/notifications/src/inbox/forget.hpp"

#include "platform/base/clock.hpp"

namespace bordero::notifications {
namespace {

constexpr int kAtOnce = 500;

}  // namespace

awaitable<Result<bool>> forget_notifications(pg::Database& db, Keeping keeping) {
  using std::chrono::days;
  Context ctx = system_context("forget_notifications", std::chrono::seconds(10));
  CO_TRY(auto tx, co_await db.begin(ctx));
  const Instant now = clock::now();
  const int forgotten =
      co_await tx.count_of(R"sql(
      DELETE FROM notifications
       WHERE id IN ((SELECT id
                       FROM notifications
                      WHERE read_at < $1
                      ORDER BY read_at
                      LIMIT $3)
                    UNION ALL
                    (SELECT id
                       FROM notifications
                      WHERE read_at IS NULL AND shown_at < $2
                      ORDER BY shown_at
                      LIMIT $3)))sql",
                           now - days(keeping.read_days), now - days(keeping.unread_days), kAtOnce);
  CO_TRY_VOID(co_await tx.commit());
  co_return forgotten >= kAtOnce;
}

}  // namespace bordero::notifications
