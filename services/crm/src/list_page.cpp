#include "services/crm/src/list_page.hpp"

namespace bordero::crm {
namespace {

using Params = std::vector<pg::Param>;

Params joined(const Params& first, const Params& second) {
  Params all = first;
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

std::string page_sql(const ListSource& source, const lists::Query& query) {
  std::string sql = "SELECT " + source.columns;
  for (std::size_t i = 0; i < query.keys.size(); ++i) {
    sql += ", " + query.keys[i] + " AS key_" + std::to_string(i);
  }
  sql += " FROM " + source.from + " " + source.joins + " WHERE " + source.where;
  return sql + " AND " + query.where + " AND " + query.after + " ORDER BY " + query.order_by +
         " LIMIT " + std::to_string(query.page_size + 1);
}

}  // namespace

awaitable<Result<ListPage>> read_page(pg::Transaction& tx, const lists::Spec& spec,
                                      const lists::Request& request, ListSource source) {
  const int first_param = static_cast<int>(source.params.size()) + 1;
  CO_TRY(const auto query, lists::compile(spec, request, first_param));
  const std::string from_where =
      "FROM " + source.from + " WHERE " + source.where + " AND " + query.where;
  const Params params = joined(source.params, query.filter_params);

  const auto page_ticket =
      tx.prefetch_with(page_sql(source, query), joined(params, query.after_params));
  std::size_t group_ticket = 0;
  if (!source.group.empty()) {
    group_ticket =
        tx.prefetch_with("SELECT " + source.group + "::text AS value, " +
                             "count(*)::integer AS count " + from_where + " GROUP BY 1 ORDER BY 1",
                         params);
  }
  ListPage page;
  page.rows = co_await tx.rows_of(page_ticket);
  if (!source.group.empty()) {
    const auto groups = co_await tx.rows_of(group_ticket);
    for (const auto& row : groups) page.groups.push_back(row.to<common::v1::Group>());
  }
  page.total = {query.known_total, query.known_estimated};
  if (query.known_total < 0) page.total = co_await lists::count(tx, from_where, params);
  if (page.rows.size() > static_cast<std::size_t>(query.page_size)) {
    page.rows.pop_back();
    page.next_page_token =
        lists::next_page_token(query, page.rows.back(), page.total.size, page.total.estimated);
  }
  co_return page;
}

}  // namespace bordero::crm
