#include "services/auth/src/views/view_store.hpp"

namespace bordero::auth {
namespace {

using lists::FieldType;

constexpr const char* kColumns = R"sql(
    v.id, v.resource, v.name, v.scope, v.filter, v.order_by, v.group_by, v.columns, v.layout, v.q,
    v.author_id, u.full_name AS author_name, v.created_at, v.updated_at, v.version)sql";
constexpr const char* kSeen = "(v.scope = 'shared' OR v.author_id = $1)";

std::vector<std::string> columns_of(const v1::View& view) {
  return {view.columns().begin(), view.columns().end()};
}

const lists::Spec& spec() {
  static const lists::Spec views = {
      .resource = "views",
      .fields = {{"resource", {.column = "v.resource", .groupable = true}},
                 {"name", {.column = "v.name", .sortable = true}},
                 {"scope",
                  {.column = "v.scope",
                   .type = FieldType::keyword,
                   .groupable = true,
                   .keywords = {"personal", "shared"}}},
                 {"author_id", {.column = "v.author_id", .type = FieldType::uuid}},
                 {"created_at",
                  {.column = "v.created_at", .type = FieldType::instant, .sortable = true}}},
      .default_order = "name",
      .id_column = "v.id"};
  return views;
}

}  // namespace

awaitable<Result<v1::View>> find_view(pg::Transaction& tx, ViewId id, const std::string& user_id) {
  const auto row = co_await tx.find_one(std::string("SELECT ") + kColumns +
                                            " FROM views v JOIN users u ON u.id = v.author_id"
                                            " WHERE " +
                                            kSeen + " AND v.id = $2",
                                        user_id, id);
  if (!row) co_return not_found("view_not_found");
  co_return row->to<v1::View>();
}

awaitable<Result<v1::View>> lock_view(pg::Transaction& tx, ViewId id, const std::string& user_id) {
  tx.execute("SELECT FROM views WHERE id = $1 FOR UPDATE", id);
  co_return co_await find_view(tx, id, user_id);
}

void insert_view(pg::Transaction& tx, const v1::View& view) {
  tx.execute(R"sql(
      INSERT INTO views (id, resource, name, scope, filter, order_by, group_by, columns, layout, q,
                         author_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11))sql",
             view.id(), view.resource(), view.name(), view.scope(), view.filter(), view.order_by(),
             view.group_by(), columns_of(view), view.layout(), view.q(), view.author_id());
}

void save_view(pg::Transaction& tx, const v1::View& view) {
  tx.execute(R"sql(
      UPDATE views
         SET name = $2, scope = $3, filter = $4, order_by = $5, group_by = $6, columns = $7,
             layout = $8, q = $9, updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             view.id(), view.name(), view.scope(), view.filter(), view.order_by(), view.group_by(),
             columns_of(view), view.layout(), view.q());
}

void delete_view(pg::Transaction& tx, const v1::View& view) {
  tx.execute("DELETE FROM views WHERE id = $1", view.id());
}

awaitable<int> lock_view_count(pg::Transaction& tx, UserId author) {
  tx.execute("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE", author);
  const auto row =
      co_await tx.find_one("SELECT count(*)::integer AS n FROM views WHERE author_id = $1", author);
  co_return row->get<int>("n");
}

awaitable<Result<lists::ListPage>> view_page(pg::Transaction& tx, const Caller& caller,
                                             const lists::Request& request) {
  lists::ListSource source{.columns = kColumns,
                           .from = "views v",
                           .joins = "JOIN users u ON u.id = v.author_id",
                           .where = kSeen,
                           .params = {caller.user_id}};
  co_return co_await read_page(tx, spec(), request, std::move(source));
}

}  // namespace bordero::auth
