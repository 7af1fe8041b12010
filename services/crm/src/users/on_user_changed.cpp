#include "services/crm/src/users/on_user_changed.hpp"

#include "bordero/auth/v1/events.pb.h"
#include "services/crm/src/users/handover_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

template <class Changed>
Result<auth::v1::User> user_after(const mq::Event& event) {
  Changed message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.after();
}

Result<auth::v1::User> user_of(const mq::Event& event) {
  const std::string& type = event.meta.type();
  if (type == "auth.user.updated") return user_after<auth::v1::UserUpdated>(event);
  if (type == "auth.user.unblocked") return user_after<auth::v1::UserUnblocked>(event);
  if (type == "auth.role.changed") return user_after<auth::v1::RoleChanged>(event);
  auth::v1::UserCreated message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.user();
}

}  // namespace

awaitable<Result<void>> on_user_changed(pg::Transaction& tx, Context&, const mq::Event& event) {
  CO_TRY(const auth::v1::User user, user_of(event));
  const bool newer = co_await keep_user(tx, user);
  // Who is back works again, and keeps what was not handed over yet.
  if (newer && user.status() == auth::v1::USER_STATUS_ACTIVE) cancel_handover(tx, user.id());
  co_return Result<void>();
}

awaitable<Result<void>> on_user_blocked(pg::Transaction& tx, Context&, const mq::Event& event) {
  auth::v1::UserBlocked message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  co_await keep_user(tx, message.after());
  CO_TRY(const auto id, parse_id<User>(message.after().id(), "id"));
  CO_TRY(const User user, co_await find_user(tx, id, "id"));
  if (user.active) co_return Result<void>();  // Unblocked since; the copy is newer than the event.
  const auto blocked_by = Uuid::parse(event.meta.actor());
  ask_handover(tx, message.after().id(), message.successor_id(),
               blocked_by ? blocked_by->str() : std::string());
  co_return Result<void>();
}

}  // namespace bordero::crm
