#include "services/auth/src/users/user_list.hpp"

#include "platform/lists/list_page.hpp"
#include "services/auth/src/users/user_store.hpp"

namespace bordero::auth {
namespace {

using lists::FieldType;

const lists::Spec& spec_of_everybody() {
  static const lists::Spec spec = {
      .resource = "colleagues",
      .fields = {{"full_name", {.column = "full_name", .sortable = true}},
                 {"role",
                  {.column = "role",
                   .type = FieldType::keyword,
                   .sortable = true,
                   .groupable = true,
                   .keywords = {"agent", "executor", "finance", "head", "admin"}}},
                 {"status",
                  {.column = "status",
                   .type = FieldType::keyword,
                   .groupable = true,
                   .keywords = {"invited", "active", "blocked"}}}},
      .default_order = "full_name",
      .id_column = "id"};
  return spec;
}

const lists::Spec& spec_of_admins() {
  static const lists::Spec spec = [] {
    lists::Spec all = spec_of_everybody();
    all.resource = "users";
    all.fields["email"] = {.column = "email"};
    all.fields["created_at"] = {
        .column = "created_at", .type = FieldType::instant, .filterable = false, .sortable = true};
    return all;
  }();
  return spec;
}

constexpr const char* kColumns = R"sql(
    id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at, blocked_reason,
    version)sql";

}  // namespace

awaitable<Result<v1::ListUsersReply>> list_users(pg::Transaction& tx, const Caller& caller,
                                                 const v1::ListUsersRequest& request) {
  const bool admin = caller.role == Role::admin;
  const std::string visible = admin ? "true" : "status = 'active'";
  const lists::Spec& spec = admin ? spec_of_admins() : spec_of_everybody();
  lists::ListSource source{.columns = kColumns, .from = "users", .where = visible};
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec, asked, std::move(source)));
  const int admins = admin ? co_await count_active_admins(tx) : 0;

  v1::ListUsersReply reply;
  for (const pg::Row& row : page.rows) {
    auto* user = reply.add_users();
    row.fill(*user);
    if (admin) {
      add_capabilities(*user, caller.user_id, admins);
    } else {
      *user = colleague(*user);
    }
  }
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::auth
