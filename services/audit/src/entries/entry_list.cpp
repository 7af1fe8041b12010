#include "services/audit/src/entries/entry_list.hpp"

namespace bordero::audit {
namespace {

using lists::FieldType;

const lists::Spec& spec() {
  static const lists::Spec entries = {
      .resource = "entries",
      .fields = {{"id", {.column = "e.event_id", .type = FieldType::uuid}},
                 {"at", {.column = "e.at", .type = FieldType::instant, .sortable = true}},
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

constexpr const char* kColumns = R"sql(
    e.position, e.event_id AS id, e.at, e.actor_id, u.full_name AS actor_name, e.action,
    e.entity_type, e.entity_id, e.service, e.before, e.after, e.details, e.trace_id,
    e.entity_version, e.reason)sql";

}  // namespace

awaitable<Result<lists::ListPage>> list_page(pg::Transaction& tx, const lists::Request& request,
                                             bool counted) {
  lists::ListSource source{.columns = kColumns,
                           .from = "entries e",
                           .joins = "LEFT JOIN users u ON u.id = e.actor_id",
                           .counted = counted};
  co_return co_await read_page(tx, spec(), request, std::move(source));
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
