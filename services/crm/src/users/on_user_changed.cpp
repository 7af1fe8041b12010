#include "services/crm/src/users/on_user_changed.hpp"

#include "bordero/auth/v1/events.pb.h"
#include "services/crm/src/users/handover_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {

awaitable<Result<void>> on_user_changed(pg::Transaction& tx, Context&, const mq::Event& event) {
  CO_TRY(const auth::v1::User user, projection::user_in(event));
  const bool newer = co_await projection::keep_user(tx, user);
  // Who is back works again, and keeps what was not handed over yet.
  if (newer && user.status() == auth::v1::USER_STATUS_ACTIVE) cancel_handover(tx, user.id());
  co_return Result<void>();
}

awaitable<Result<void>> on_user_blocked(pg::Transaction& tx, Context&, const mq::Event& event) {
  auth::v1::UserBlocked message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  co_await projection::keep_user(tx, message.after());
  CO_TRY(const auto id, parse_id<User>(message.after().id(), "id"));
  CO_TRY(const User user, co_await find_user(tx, id, "id"));
  if (user.active) co_return Result<void>();  // Unblocked since; the copy is newer than the event.
  const auto blocked_by = Uuid::parse(event.meta.actor());
  ask_handover(tx, message.after().id(), message.successor_id(),
               blocked_by ? blocked_by->str() : std::string());
  co_return Result<void>();
}

}  // namespace bordero::crm
