#include "platform/lists/list_page.hpp"

#include <iterator>

#include "platform/lists/grouping.hpp"

namespace bordero::lists {
namespace {

using Params = std::vector<pg::Param>;

Params joined(const Params& first, const Params& second) {
  Params all = first;
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

std::string page_sql(const ListSource& source, const Query& query, const Stretch& stretch,
                     std::size_t limit) {
  std::string sql = "SELECT " + source.columns;
  for (std::size_t i = 0; i < query.keys.size(); ++i) {
    sql += ", " + query.keys[i] + " AS key_" + std::to_string(i);
  }
  sql += " FROM " + source.from + " " + source.joins + " WHERE " + source.where;
  return sql + " AND " + query.where + " AND " + stretch.after + " ORDER BY " + stretch.order_by +
         " LIMIT " + std::to_string(limit);
}

// Goes on through the stretches until the page, and a row that tells of another, are full.
awaitable<void> read_on(pg::Transaction& tx, const ListSource& source, const Query& query,
                        const Params& params, pg::Rows& rows) {
  const auto wanted = static_cast<std::size_t>(query.page_size) + 1;
  for (std::size_t i = 1; i < query.stretches.size() && rows.size() < wanted; ++i) {
    const Stretch& stretch = query.stretches[i];
    auto more = co_await tx.query_with(page_sql(source, query, stretch, wanted - rows.size()),
                                       joined(params, stretch.params));
    rows.insert(rows.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  }
}

awaitable<Result<void>> read_groups(pg::Transaction& tx, const Spec& spec, std::size_t ticket,
                                    ListPage& page) {
  const auto rows = co_await tx.rows_of(ticket);
  CO_TRY(page.groups, groups_of(spec, rows));
  page.sums = total_sums(page.groups);
  co_return Result<void>();
}

}  // namespace

awaitable<void> name_people(pg::Transaction& tx, const std::optional<Team>& team,
                            Request& request) {
  request.me = tx.context().caller.user_id;
  request.team.reset();
  const bool spoken_of = request.filter.find("my_team") != std::string::npos;
  if (!team || !spoken_of) co_return;
  const auto rows = co_await tx.query_with(team->sql, team->params);
  auto& ids = request.team.emplace();
  for (const pg::Row& row : rows) ids.emplace_back(row.text("user_id"));
}

awaitable<Result<ListPage>> read_page(pg::Transaction& tx, const Spec& spec, const Request& asked,
                                      ListSource source) {
  Request request = asked;
  co_await name_people(tx, source.team, request);
  const int first_param = static_cast<int>(source.params.size()) + 1;
  CO_TRY(const auto query, compile(spec, request, first_param));
  CO_TRY(const auto grouped_by, group_expression(spec, request.group_by));
  const std::string from_where =
      "FROM " + source.from + " WHERE " + source.where + " AND " + query.where;
  const Params params = joined(source.params, query.filter_params);

  const Stretch& first = query.stretches.at(0);
  const auto size = static_cast<std::size_t>(query.page_size);
  const auto page_ticket =
      tx.prefetch_with(page_sql(source, query, first, size + 1), joined(params, first.params));
  ListPage page;
  if (!grouped_by.empty()) {
    const auto ticket = tx.prefetch_with(groups_sql(spec, grouped_by, from_where), params);
    CO_TRY_VOID(co_await read_groups(tx, spec, ticket, page));
  }
  page.rows = co_await tx.rows_of(page_ticket);
  co_await read_on(tx, source, query, params, page.rows);
  page.total = {query.known_total, query.known_estimated};
  if (source.counted && query.known_total < 0) {
    page.total = co_await count(tx, from_where, params);
  }
  if (page.rows.size() > size) {
    page.rows.pop_back();
    page.next_page_token =
        next_page_token(query, page.rows.back(), page.total.size, page.total.estimated);
  }
  co_return page;
}

}  // namespace bordero::lists
