#include "services/tasks/src/search/search_rpc.hpp"

#include <algorithm>

#include "platform/projection/deals.hpp"
#include "platform/search/search_query.hpp"
#include "services/tasks/src/access.hpp"
#include "services/tasks/src/search/word_table.hpp"

namespace bordero::tasks {
namespace {

constexpr int kDefaultLimit = 10;
constexpr const char* kCandidates = "200";

struct Ranked {
  crm::v1::Hit hit;
  int score = 0;
};

// Open tasks stand before finished ones that answer as well.
awaitable<std::string> search_sql(pg::Transaction& tx, Role role, const std::string& tsquery) {
  const bool own = sees_by_access_alone(role);
  std::string found = "task_search";
  if (!own) {
    found = co_await lists::way_to(tx, kTaskWords, tsquery);
    found += std::string("($2::tsquery, ") + kCandidates + ")";
  }
  std::string sql = R"sql(
      SELECT t.id, t.subject AS title, concat_ws(' · ', t.number, d.title) AS subtitle, t.is_open,
             tsvector_to_array(s.words) AS words
        FROM )sql" + found +
                    R"sql( s
        JOIN tasks t ON t.id = s.task_id
        LEFT JOIN deals d ON d.id = t.deal_id
       WHERE s.words @@ $2::tsquery
         AND (t.deal_id IS NULL OR t.deal_id <> ALL($3::uuid[])))sql";
  if (own) {
    sql += " AND s.users @> ARRAY[$1::uuid]";
  } else {
    sql += " AND ($1::uuid IS NULL OR " + tasks_seen(role) + ")";
  }
  co_return sql + " LIMIT " + kCandidates;
}

std::vector<Ranked> ranked(const pg::Rows& rows, const search::SearchQuery& query) {
  std::vector<Ranked> all;
  for (const auto& row : rows) {
    Ranked& one = all.emplace_back();
    row.fill(one.hit);
    one.hit.set_kind("task");
    const auto match = search::match_of(query, row.get<std::vector<std::string>>("words"));
    one.hit.set_matched(std::string(match.by.empty() ? "title" : match.by));
    one.score = 2 * match.score + (row.get<bool>("is_open") ? 1 : 0);
  }
  std::sort(all.begin(), all.end(), [](const Ranked& one, const Ranked& other) {
    if (one.score != other.score) return one.score > other.score;
    return one.hit.id() > other.hit.id();
  });
  return all;
}

}  // namespace

awaitable<Result<crm::v1::SearchReply>> SearchRpc::search(Context& ctx,
                                                          const crm::v1::SearchRequest& request) {
  crm::v1::SearchReply reply;
  const auto query = search::parse_search(request.q());
  if (query.beginnings.empty()) co_return reply;
  std::vector<std::string> left;
  if (sees_by_access_alone(ctx.caller.role)) {
    left = co_await projection::just_left(redis_, ctx.caller);
  }
  CO_TRY(auto tx, co_await db_.read(ctx));
  const std::string sql = co_await search_sql(tx, ctx.caller.role, query.beginnings);
  const auto rows = co_await tx.query(sql, user_param(ctx.caller), query.beginnings, left);
  const std::size_t limit = request.limit() > 0 ? static_cast<std::size_t>(request.limit())
                                                : static_cast<std::size_t>(kDefaultLimit);
  auto found = ranked(rows, query);
  if (found.size() > limit) found.resize(limit);
  for (auto& one : found) *reply.add_results() = std::move(one.hit);
  co_return reply;
}

}  // namespace bordero::tasks
