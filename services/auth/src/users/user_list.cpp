#include "services/auth/src/users/user_list.hpp"

#include "platform/lists/list_query.hpp"
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
                   .keywords = {"agent", "executor", "finance", "head", "admin"}}},
                 {"status",
                  {.column = "status",
                   .type = FieldType::keyword,
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

std::string page_sql(const lists::Query& query, const std::string& visible) {
  std::string sql =
      "SELECT id, email, full_name, role, status, created_at, last_signed_in_at, blocked_at, "
      "blocked_reason, version";
  for (std::size_t i = 0; i < query.keys.size(); ++i) {
    sql += ", " + query.keys[i] + " AS key_" + std::to_string(i);
  }
  sql += " FROM users WHERE " + visible + " AND " + query.where + " AND " + query.after;
  sql += " ORDER BY " + query.order_by;
  return sql + " LIMIT " + std::to_string(query.page_size + 1);
}

}  // namespace

awaitable<Result<v1::ListUsersReply>> list_users(pg::Transaction& tx, const Caller& caller,
                                                 const v1::ListUsersRequest& request) {
  const bool admin = caller.role == Role::admin;
  const std::string visible = admin ? "true" : "status = 'active'";
  const lists::Spec& spec = admin ? spec_of_admins() : spec_of_everybody();
  CO_TRY(const lists::Query query, lists::compile(spec, lists::request_of(request), 1));

  std::vector<pg::Param> params = query.filter_params;
  params.insert(params.end(), query.after_params.begin(), query.after_params.end());
  auto rows = co_await tx.query_with(page_sql(query, visible), std::move(params));
  lists::Total total{query.known_total, query.known_estimated};
  if (total.size < 0) {
    const std::string from_where = "FROM users WHERE " + visible + " AND " + query.where;
    total = co_await lists::count(tx, from_where, query.filter_params);
  }
  const int admins = admin ? co_await count_active_admins(tx) : 0;

  v1::ListUsersReply reply;
  const bool more = static_cast<int>(rows.size()) > query.page_size;
  if (more) rows.pop_back();
  for (const pg::Row& row : rows) {
    auto* user = reply.add_users();
    row.fill(*user);
    if (admin) {
      add_capabilities(*user, caller.user_id, admins);
    } else {
      *user = colleague(*user);
    }
  }
  if (more) {
    reply.set_next_page_token(
        lists::next_page_token(query, rows.back(), total.size, total.estimated));
  }
  reply.set_total_size(total.size);
  reply.set_total_estimated(total.estimated);
  co_return reply;
}

}  // namespace bordero::auth
