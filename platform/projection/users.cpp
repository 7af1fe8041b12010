#include "platform/projection/users.hpp"

#include "bordero/auth/v1/events.pb.h"

namespace bordero::projection {
namespace {

constexpr std::chrono::seconds kPageLimit{10};

User user_of(const pg::Row& row) {
  return {.id = row.get<Id<User>>("id"),
          .full_name = row.get<std::string>("full_name"),
          .role = role_from_name(row.text("role")),
          .active = row.text("status") == "active"};
}

template <class Changed>
Result<auth::v1::User> user_after(const mq::Event& event) {
  Changed message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.after();
}

awaitable<Result<void>> on_user_changed(pg::Transaction& tx, Context&, const mq::Event& event) {
  CO_TRY(const auth::v1::User user, user_in(event));
  co_await keep_user(tx, user);
  co_return Result<void>();
}

}  // namespace

awaitable<std::optional<User>> find_user(pg::Transaction& tx, Id<User> id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT id, full_name, role, status
        FROM users
       WHERE id = $1)sql",
                                        id);
  if (!row) co_return std::nullopt;
  co_return user_of(*row);
}

awaitable<std::vector<User>> list_active_users(pg::Transaction& tx,
                                               const std::vector<std::string>& ids) {
  const auto rows = co_await tx.query(R"sql(
      SELECT id, full_name, role, status
        FROM users
       WHERE id = ANY($1::uuid[]) AND status = 'active')sql",
                                      ids);
  std::vector<User> users;
  for (const auto& row : rows) users.push_back(user_of(row));
  co_return users;
}

awaitable<bool> keep_user(pg::Transaction& tx, const auth::v1::User& user) {
  const auto row =
      co_await tx.find_one(R"sql(
      INSERT INTO users (id, full_name, role, status, version)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (id) DO UPDATE
         SET full_name = EXCLUDED.full_name, role = EXCLUDED.role, status = EXCLUDED.status,
             version = EXCLUDED.version
       WHERE users.version < EXCLUDED.version
      RETURNING id)sql",
                           user.id(), user.full_name(), user.role(), user.status(), user.version());
  co_return row.has_value();
}

Result<auth::v1::User> user_in(const mq::Event& event) {
  const std::string& type = event.meta.type();
  if (type == "auth.user.updated") return user_after<auth::v1::UserUpdated>(event);
  if (type == "auth.user.blocked") return user_after<auth::v1::UserBlocked>(event);
  if (type == "auth.user.unblocked") return user_after<auth::v1::UserUnblocked>(event);
  if (type == "auth.role.changed") return user_after<auth::v1::RoleChanged>(event);
  auth::v1::UserCreated message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.user();
}

void follow_users(mq::Consumer& consumer) {
  for (const char* type : {"auth.user.created", "auth.user.updated", "auth.user.blocked",
                           "auth.user.unblocked", "auth.role.changed"}) {
    consumer.on(type, on_user_changed);
  }
}

awaitable<Result<void>> import_users(pg::Database& db, rpc::Peers& peers, const char* service) {
  auth::v1::ExportUsersRequest request;
  while (true) {
    Context ctx = system_context("import_users", kPageLimit);
    CO_TRY(const auto page,
           co_await rpc::ask<auth::v1::ExportUsersReply>(
               peers.to("auth"), service, ctx, "bordero.auth.v1.UserService/ExportUsers", request));
    if (page.users().empty()) co_return Result<void>();
    CO_TRY(auto tx, co_await db.begin(ctx));
    for (const auto& user : page.users()) co_await keep_user(tx, user);
    CO_TRY_VOID(co_await tx.commit());
    request.set_after_id(page.users(page.users_size() - 1).id());
  }
}

}  // namespace bordero::projection
