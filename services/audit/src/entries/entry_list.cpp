#include "services/audit/src/entries/entry_list.hpp"

namespace bordero::audit {
namespace {

using lists::FieldType;

const lists::Spec& spec() {
  static const lists::Spec entries = {
      .resource = "entries",
      .fields = {{"at", {.column = "e.at", .type = FieldType::instant, .sortable = true}},
                 {"position",
                  {.column = "e.position",
                   .type = FieldType::number,
                   .filterable = false,
                   .sortable = true}},
                 {"actor_id", {.column = "e.actor_id"}},
                 {"action", {.column = "e.action"}},
                 {"entity_type", {.column = "e.entity_type"}},
                 {"entity_id", {.column = "e.entity_id"}},
                 {"service", {.column = "e.service"}}},
      .default_order = "position desc",
      .id_column = "e.position"};
  return entries;
}

std::string statement(const lists::Query& query) {
  std::string keys;
  for (std::size_t i = 0; i < query.keys.size(); ++i) {
    keys += ", " + query.keys[i] + " AS key_" + std::to_string(i);
  }
  return "SELECT e.position, e.event_id AS id, e.at, e.actor_id, u.full_name AS actor_name, "
         "e.action, e.entity_type, e.entity_id, e.service, e.before, e.after, e.details, "
         "e.trace_id, e.entity_version, e.reason" +
         keys + " FROM entries e LEFT JOIN users u ON u.id = e.actor_id WHERE " + query.where +
         " AND " + query.after + " ORDER BY " + query.order_by + " LIMIT " +
         std::to_string(query.page_size + 1);
}

std::vector<pg::Param> all_params(const lists::Query& query) {
  auto params = query.filter_params;
  params.insert(params.end(), query.after_params.begin(), query.after_params.end());
  return params;
}

awaitable<lists::Total> total_of(pg::Transaction& tx, const lists::Query& query, bool counted) {
  if (!counted) co_return lists::Total();
  if (query.known_total >= 0) {
    co_return lists::Total{.size = query.known_total, .estimated = query.known_estimated};
  }
  auto params = query.filter_params;
  co_return co_await lists::count(tx, "FROM entries e WHERE " + query.where, std::move(params));
}

}  // namespace

awaitable<Result<EntryPage>> list_page(pg::Transaction& tx, const lists::Request& request,
                                       bool counted) {
  CO_TRY(const auto query, lists::compile(spec(), request, 1));
  const std::size_t ticket = tx.prefetch_with(statement(query), all_params(query));
  EntryPage page;
  page.total = co_await total_of(tx, query, counted);
  const auto rows = co_await tx.rows_of(ticket);

  const auto size = static_cast<std::size_t>(query.page_size);
  for (std::size_t i = 0; i < rows.size() && i < size; ++i) {
    page.entries.push_back(rows[i].to<v1::Entry>());
  }
  if (rows.size() > size) {
    page.next_page_token =
        lists::next_page_token(query, rows[size - 1], page.total.size, page.total.estimated);
  }
  co_return page;
}

awaitable<bool> opened_session(pg::Transaction& tx, const std::string& session_id,
                               const std::string& user_id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT position
        FROM entries
       WHERE entity_id = $1 AND entity_type = 'session' AND action = 'auth.session.opened'
         AND actor_id = $2
       LIMIT 1)sql",
                                        session_id, user_id);
  co_return row.has_value();
}

}  // namespace bordero::audit
