#include "platform/lists/list_page.hpp"

#include "platform/lists/grouping.hpp"

namespace bordero::lists {
namespace {

using Params = std::vector<pg::Param>;

Params joined(const Params& first, const Params& second) {
  Params all = first;
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

std::string page_sql(const ListSource& source, const Query& query) {
  std::string sql = "SELECT " + source.columns;
  for (std::size_t i = 0; i < query.keys.size(); ++i) {
    sql += ", " + query.keys[i] + " AS key_" + std::to_string(i);
  }
  sql += " FROM " + source.from + " " + source.joins + " WHERE " + source.where;
  return sql + " AND " + query.where + " AND " + query.after + " ORDER BY " + query.order_by +
         " LIMIT " + std::to_string(query.page_size + 1);
}

awaitable<Result<void>> read_groups(pg::Transaction& tx, const Spec& spec, std::size_t ticket,
                                    ListPage& page) {
  const auto rows = co_await tx.rows_of(ticket);
  CO_TRY(page.groups, groups_of(spec, rows));
  page.sums = total_sums(page.groups);
  co_return Result<void>();
}

}  // namespace

awaitable<Result<ListPage>> read_page(pg::Transaction& tx, const Spec& spec, const Request& request,
                                      ListSource source) {
  const int first_param = static_cast<int>(source.params.size()) + 1;
  CO_TRY(const auto query, compile(spec, request, first_param));
  CO_TRY(const auto grouped_by, group_expression(spec, request.group_by));
  const std::string from_where =
      "FROM " + source.from + " WHERE " + source.where + " AND " + query.where;
  const Params params = joined(source.params, query.filter_params);

  const auto page_ticket =
      tx.prefetch_with(page_sql(source, query), joined(params, query.after_params));
  ListPage page;
  if (!grouped_by.empty()) {
    const auto ticket = tx.prefetch_with(groups_sql(spec, grouped_by, from_where), params);
    CO_TRY_VOID(co_await read_groups(tx, spec, ticket, page));
  }
  page.rows = co_await tx.rows_of(page_ticket);
  page.total = {query.known_total, query.known_estimated};
  if (source.counted && query.known_total < 0) {
    page.total = co_await count(tx, from_where, params);
  }
  if (page.rows.size() > static_cast<std::size_t>(query.page_size)) {
    page.rows.pop_back();
    page.next_page_token =
        next_page_token(query, page.rows.back(), page.total.size, page.total.estimated);
  }
  co_return page;
}

}  // namespace bordero::lists
