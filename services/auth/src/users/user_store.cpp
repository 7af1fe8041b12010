#include "services/auth/src/users/user_store.hpp"

#include "platform/search/folding.hpp"

namespace bordero::auth {
namespace {

Account account_of(const pg::Row& row) {
  Account account{.user = row.to<v1::User>(), .epoch = row.get<std::int64_t>("epoch")};
  if (!row.is_null("password_hash")) {
    account.password = PasswordHash{.phc = row.get<std::string>("password_hash"),
                                    .pepper_version = row.get<int>("pepper_version")};
  }
  return account;
}

std::optional<Account> account_of(const std::optional<pg::Row>& row) {
  if (!row) return std::nullopt;
  return account_of(*row);
}

}  // namespace

UserId Account::id() const {
  const auto uuid = Uuid::parse(user.id());
  ensure(uuid.has_value(), "a stored user has a UUID");
  return {*uuid};
}

awaitable<std::optional<Account>> find_account_by_email(pg::Transaction& tx, std::string email) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version, epoch, password_hash, pepper_version
        FROM users
       WHERE lower(email) = $1)sql",
                                        search::caseless_text(email));
  co_return account_of(row);
}

awaitable<std::optional<Account>> find_account(pg::Transaction& tx, UserId id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version, epoch, password_hash, pepper_version
        FROM users
       WHERE id = $1)sql",
                                        id);
  co_return account_of(row);
}

awaitable<std::optional<Account>> lock_account(pg::Transaction& tx, UserId id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version, epoch, password_hash, pepper_version
        FROM users
       WHERE id = $1
         FOR UPDATE)sql",
                                        id);
  co_return account_of(row);
}

awaitable<std::vector<Account>> lock_with_admins(pg::Transaction& tx,
                                                 std::vector<std::string> ids) {
  const auto rows = co_await tx.query(R"sql(
      SELECT id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version, epoch, password_hash, pepper_version
        FROM users
       WHERE id = ANY ($1::uuid[]) OR (role = 'admin' AND status = 'active')
       ORDER BY id
         FOR UPDATE)sql",
                                      ids);
  std::vector<Account> accounts;
  for (const pg::Row& row : rows) accounts.push_back(account_of(row));
  co_return accounts;
}

void insert_user(pg::Transaction& tx, const v1::User& user) {
  tx.execute(R"sql(
      INSERT INTO users (id, email, full_name, role, status)
      VALUES ($1, $2, $3, $4, $5))sql",
             user.id(), user.email(), user.full_name(), user.role(), user.status());
}

void save_password(pg::Transaction& tx, UserId id, const PasswordHash& password) {
  tx.execute(R"sql(
      UPDATE users SET password_hash = $2, pepper_version = $3 WHERE id = $1)sql",
             id, password.phc, password.pepper_version);
}

void save_signed_in(pg::Transaction& tx, UserId id) {
  tx.execute("UPDATE users SET last_signed_in_at = now() WHERE id = $1", id);
}

awaitable<v1::User> save_profile(pg::Transaction& tx, const v1::User& user) {
  const auto rows = co_await tx.query(R"sql(
      UPDATE users
         SET full_name = $2, role = $3, version = version + 1
       WHERE id = $1
   RETURNING id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version)sql",
                                      user.id(), user.full_name(), user.role());
  ensure(rows.size() == 1, "a locked user is there to be saved");
  co_return rows.front().to<v1::User>();
}

awaitable<v1::User> save_status(pg::Transaction& tx, UserId id, v1::UserStatus status,
                                std::string reason) {
  const auto rows = co_await tx.query(R"sql(
      UPDATE users
         SET status = $2, blocked_reason = nullif($3, ''), version = version + 1,
             blocked_at = CASE WHEN $2 = 'blocked' THEN now() END
       WHERE id = $1
   RETURNING id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version)sql",
                                      id, status, reason);
  ensure(rows.size() == 1, "a locked user is there to be saved");
  co_return rows.front().to<v1::User>();
}

awaitable<std::int64_t> raise_epoch(pg::Transaction& tx, UserId id) {
  const auto row = co_await tx.find_one(R"sql(
      UPDATE users SET epoch = epoch + 1 WHERE id = $1 RETURNING epoch)sql",
                                        id);
  ensure(row.has_value(), "a locked user is there to be saved");
  co_return row->get<std::int64_t>("epoch");
}

awaitable<int> count_active_admins(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT count(*)::integer AS admins
        FROM users
       WHERE role = 'admin' AND status = 'active')sql");
  co_return row->get<int>("admins");
}

awaitable<std::vector<v1::User>> list_after(pg::Transaction& tx, std::optional<UserId> after) {
  const auto rows = co_await tx.query(R"sql(
      SELECT id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at,
             blocked_reason, version
        FROM users
       WHERE $1::uuid IS NULL OR id > $1::uuid
       ORDER BY id
       LIMIT 1000)sql",
                                      after);
  std::vector<v1::User> users;
  for (const pg::Row& row : rows) users.push_back(row.to<v1::User>());
  co_return users;
}

}  // namespace bordero::auth
