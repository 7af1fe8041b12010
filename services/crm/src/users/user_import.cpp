#include "services/crm/src/users/user_import.hpp"

#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {

awaitable<Result<void>> import_users(pg::Database& db, rpc::Peers& peers) {
  constexpr std::chrono::seconds kPageLimit{10};
  auth::v1::ExportUsersRequest request;
  while (true) {
    Context ctx = system_context("import_users", kPageLimit);
    CO_TRY(const auto page,
           co_await rpc::ask<auth::v1::ExportUsersReply>(
               peers.to("auth"), "crm", ctx, "bordero.auth.v1.UserService/ExportUsers", request));
    if (page.users().empty()) co_return Result<void>();
    CO_TRY(auto tx, co_await db.begin(ctx));
    for (const auto& user : page.users()) co_await keep_user(tx, user);
    CO_TRY_VOID(co_await tx.commit());
    request.set_after_id(page.users(page.users_size() - 1).id());
  }
}

}  // namespace bordero::crm
