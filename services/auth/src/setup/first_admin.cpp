#include <sodium.h>

#include "services/auth/src/events.hpp"
#include "services/auth/src/service.hpp"
#include "services/auth/src/setup/blocking.hpp"
#include "services/auth/src/users/invitation_store.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {
namespace {

constexpr auto kLimit = std::chrono::seconds(10);

awaitable<UserId> make_first_admin(pg::Transaction& tx, const Config& config) {
  const UserId id = UserId::make();
  v1::User user;
  user.set_id(id.str());
  user.set_email(config.first_admin_email);
  user.set_full_name("Administrator");
  user.set_role(v1::ROLE_ADMIN);
  user.set_status(v1::USER_STATUS_INVITED);
  insert_user(tx, user);
  const auto made = co_await find_account(tx, id);
  v1::UserCreated event;
  *event.mutable_user() = made->user;
  publish_about(tx, tx.context(), event, made->user);
  co_return id;
}

// The one who is still to come: alone, an invited admin, and without an open link.
awaitable<std::optional<UserId>> waiting_alone(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT u.id
        FROM users u
       WHERE u.role = 'admin' AND u.status = 'invited'
         AND NOT EXISTS (SELECT 1 FROM users others WHERE others.id <> u.id)
         AND NOT EXISTS (SELECT 1 FROM invitations i
                          WHERE i.user_id = u.id AND i.expires_at > now()))sql");
  if (!row) co_return std::nullopt;
  co_return row->get<UserId>("id");
}

awaitable<Result<std::optional<std::string>>> make_link(pg::Database& db, const Config& config) {
  Context context = system_context("first_admin", kLimit);
  CO_TRY(auto tx, co_await db.begin(context));
  tx.execute("SELECT pg_advisory_xact_lock(hashtext('auth.first_admin'))");
  const auto anybody = co_await tx.find_one("SELECT EXISTS (SELECT 1 FROM users) AS anybody");
  std::optional<UserId> admin;
  if (anybody->get<bool>("anybody")) {
    admin = co_await waiting_alone(tx);
  } else {
    admin = co_await make_first_admin(tx, config);
  }
  if (!admin) co_return std::optional<std::string>();
  const auto invitation = co_await make_invitation(tx, *admin, config);
  CO_TRY_VOID(co_await tx.commit());
  co_return std::optional<std::string>(invitation_link(config, invitation.token));
}

}  // namespace

std::optional<std::string> first_admin_link(const Config& config) {
  ensure(sodium_init() >= 0, "libsodium starts");
  asio::io_context io{1};
  pg::Database db(io.get_executor(),
                  {.dsn = config.pg_dsn, .pool_size = 1, .application_name = "auth-first-admin"});
  return run_blocking(io, make_link(db, config));
}

}  // namespace bordero::auth
