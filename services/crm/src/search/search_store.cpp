#include "services/crm/src/search/search_store.hpp"

#include <algorithm>

#include "services/crm/src/access/access.hpp"
#include "services/crm/src/search/word_tables.hpp"

namespace bordero::crm {
namespace {

// Ranking looks at so many candidates with whole words, and so many with beginnings.
constexpr const char* kExactCandidates = "100";
constexpr const char* kCandidates = "200";

struct Kind {
  lists::WordTable words;
  std::string_view select;
};
constexpr Kind kClients = {kClientWords, R"sql(
    SELECT c.id, c.short_name AS title, c.tax_number AS subtitle,
           tsvector_to_array(s.words) AS words
      FROM %FOUND% s
      JOIN clients c ON c.id = s.client_id
      LEFT JOIN client_access a ON a.client_id = c.id AND a.user_id = $2::uuid
     WHERE NOT c.archived AND s.words @@ $1::tsquery)sql"};
constexpr Kind kDeals = {kDealWords, R"sql(
    SELECT d.id, d.title, concat_ws(' · ', d.number, c.short_name) AS subtitle,
           tsvector_to_array(s.words) AS words
      FROM %FOUND% s
      JOIN deals d ON d.id = s.deal_id
      JOIN clients c ON c.id = d.client_id
      LEFT JOIN deal_access a ON a.deal_id = d.id AND a.user_id = $2::uuid
     WHERE s.words @@ $1::tsquery)sql"};

// Who sees all has no users to narrow the index by, so the candidates are taken from it first.
awaitable<std::string> search_sql(pg::Transaction& tx, const Kind& kind, const std::string& tsquery,
                                  const std::string& seen, const char* limit) {
  std::string sql(kind.select);
  std::string from = kind.words.table;
  if (seen == "true") {
    from = co_await lists::way_to(tx, kind.words, tsquery);
    from += std::string("($1::tsquery, ") + limit + ")";
  } else {
    sql += " AND s.users @> ARRAY[$2::uuid] AND " + seen;
  }
  sql.replace(sql.find("%FOUND%"), 7, from);
  co_return sql + " LIMIT " + limit;
}

struct Ranked {
  v1::Hit hit;
  int score = 0;
};

void add_hits(std::vector<Ranked>& ranked, const pg::Rows& rows, const char* kind,
              const search::SearchQuery& query) {
  for (const auto& row : rows) {
    const std::string_view id = row.text("id");
    const bool known = std::any_of(ranked.begin(), ranked.end(),
                                   [&](const Ranked& one) { return one.hit.id() == id; });
    if (known) continue;
    Ranked& one = ranked.emplace_back();
    row.fill(one.hit);
    one.hit.set_kind(kind);
    const search::Match match = search::match_of(query, row.get<std::vector<std::string>>("words"));
    const std::string_view by_words = std::string_view(kind) == "client" ? "name" : "title";
    one.hit.set_matched(std::string(match.by.empty() ? by_words : match.by));
    one.score = match.score;
  }
}

void take_best(std::vector<v1::Hit>& hits, std::vector<Ranked> ranked, int limit) {
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& one, const Ranked& other) {
    if (one.score != other.score) return one.score > other.score;
    const int by_title = one.hit.title().compare(other.hit.title());
    return by_title != 0 ? by_title < 0 : one.hit.id() < other.hit.id();
  });
  if (ranked.size() > static_cast<std::size_t>(limit)) {
    ranked.resize(static_cast<std::size_t>(limit));
  }
  for (auto& one : ranked) hits.push_back(std::move(one.hit));
}

}  // namespace

awaitable<std::vector<v1::Hit>> search_hits(pg::Transaction& tx, const Caller& caller,
                                            const search::SearchQuery& query, int limit) {
  const auto user = user_param(caller);
  const std::string clients = clients_seen(caller.role);
  const std::string deals = deals_seen(caller.role);
  const auto clients_sql =
      co_await search_sql(tx, kClients, query.exact, clients, kExactCandidates);
  const auto deals_sql = co_await search_sql(tx, kDeals, query.exact, deals, kExactCandidates);
  const auto exact_clients = tx.prefetch(clients_sql, query.exact, user);
  const auto exact_deals = tx.prefetch(deals_sql, query.exact, user);

  std::vector<Ranked> found_clients;
  std::vector<Ranked> found_deals;
  add_hits(found_clients, co_await tx.rows_of(exact_clients), "client", query);
  add_hits(found_deals, co_await tx.rows_of(exact_deals), "deal", query);
  // Of beginnings the index has to gather all, so they are looked for only when words are too few.
  const auto enough = static_cast<std::size_t>(limit);
  if (found_clients.size() < enough) {
    const auto sql = co_await search_sql(tx, kClients, query.beginnings, clients, kCandidates);
    add_hits(found_clients, co_await tx.query(sql, query.beginnings, user), "client", query);
  }
  if (found_deals.size() < enough) {
    const auto sql = co_await search_sql(tx, kDeals, query.beginnings, deals, kCandidates);
    add_hits(found_deals, co_await tx.query(sql, query.beginnings, user), "deal", query);
  }
  std::vector<v1::Hit> hits;
  take_best(hits, std::move(found_clients), limit);
  take_best(hits, std::move(found_deals), limit);
  co_return hits;
}

}  // namespace bordero::crm
