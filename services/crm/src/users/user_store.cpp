#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

User user_of(const pg::Row& row) {
  return {.id = row.get<Id<User>>("id"),
          .full_name = row.get<std::string>("full_name"),
          .role = role_from_name(row.text("role")),
          .active = row.text("status") == "active"};
}

}  // namespace

awaitable<Result<User>> find_user(pg::Transaction& tx, Id<User> id, const char* field) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT id, full_name, role, status
        FROM users
       WHERE id = $1)sql",
                                        id);
  if (!row) co_return invalid_field(field, "user_not_found");
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

awaitable<bool> has_users(pg::Transaction& tx) {
  const auto row = co_await tx.find_one("SELECT EXISTS (SELECT FROM users) AS present");
  co_return row->get<bool>("present");
}

}  // namespace bordero::crm
