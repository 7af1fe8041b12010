#include "services/audit/src/users/user_copy.hpp"

#include "bordero/auth/v1/events.pb.h"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

void save_user(pg::Transaction& tx, const auth::v1::User& user) {
  if (user.id().empty()) return;
  tx.execute(R"sql(
      INSERT INTO users AS held (id, full_name, version)
      VALUES ($1, $2, $3)
          ON CONFLICT (id) DO UPDATE
         SET full_name = excluded.full_name, version = excluded.version
       WHERE held.version < excluded.version)sql",
             user.id(), user.full_name(), user.version());
}

template <class Message>
auth::v1::User user_after(const mq::Event& event) {
  Message message;
  if (!event.parse(message)) return {};
  return message.after();
}

auth::v1::User user_created(const mq::Event& event) {
  auth::v1::UserCreated message;
  if (!event.parse(message)) return {};
  return message.user();
}

}  // namespace

void copy_user(pg::Transaction& tx, const mq::Event& event) {
  const auto& type = event.meta.type();
  if (type == "auth.user.created") save_user(tx, user_created(event));
  if (type == "auth.user.updated") save_user(tx, user_after<auth::v1::UserUpdated>(event));
  if (type == "auth.user.blocked") save_user(tx, user_after<auth::v1::UserBlocked>(event));
  if (type == "auth.user.unblocked") save_user(tx, user_after<auth::v1::UserUnblocked>(event));
  if (type == "auth.role.changed") save_user(tx, user_after<auth::v1::RoleChanged>(event));
}

awaitable<Result<void>> import_users(pg::Database& db, rpc::Peers& peers) {
  auth::v1::ExportUsersRequest request;
  while (true) {
    Context ctx = system_context("import_users", 10s);
    CO_TRY(const auto page,
           co_await rpc::ask<auth::v1::ExportUsersReply>(
               peers.to("auth"), "audit", ctx, "bordero.auth.v1.UserService/ExportUsers", request));
    if (page.users().empty()) co_return Result<void>();
    CO_TRY(auto tx, co_await db.begin(ctx));
    for (const auto& user : page.users()) save_user(tx, user);
    CO_TRY_VOID(co_await tx.commit());
    request.set_after_id(page.users(page.users_size() - 1).id());
  }
}

}  // namespace bordero::audit
