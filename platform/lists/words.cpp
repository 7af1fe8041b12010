#include "platform/lists/words.hpp"

#include "platform/lists/estimate.hpp"
#include "platform/search/search_query.hpp"

namespace bordero::lists {
namespace {

constexpr int kFew = 4'000;
// What is rarer than this the statistics do not tell apart.
constexpr int kMany = 50'000;

}  // namespace

awaitable<bool> finds_many(pg::Transaction& tx, const WordTable& words,
                           const std::string& tsquery) {
  const std::string having = std::string("FROM ") + words.table + " WHERE words @@ $1::tsquery";
  std::vector<pg::Param> params = {tsquery};
  const int guess = co_await estimate(tx, having, std::move(params));
  co_return guess > kMany;
}

awaitable<const char*> way_to(pg::Transaction& tx, const WordTable& words,
                              const std::string& tsquery) {
  const bool many = co_await finds_many(tx, words, tsquery);
  co_return many ? words.met : words.found;
}

awaitable<bool> finds_few(pg::Transaction& tx, const WordTable& words, const std::string& tsquery) {
  const bool many = co_await finds_many(tx, words, tsquery);
  if (many) co_return false;
  const std::string sql = std::string("SELECT count(*)::integer AS n FROM ") + words.found +
                          "($1::tsquery, " + std::to_string(kFew + 1) + ")";
  const auto row = co_await tx.find_one(sql, tsquery);
  co_return row->get<int>("n") <= kFew;
}

std::string few_found(const WordTable& words, std::size_t param) {
  return std::string(words.found) + "($" + std::to_string(param) + "::tsquery, " +
         std::to_string(kFew) + ") s";
}

awaitable<void> narrow_to_words(pg::Transaction& tx, ListSource& source, const WordTable& words,
                                const char* record_id, const std::string& typed, bool own) {
  const auto query = search::parse_search(typed);
  if (query.beginnings.empty()) {
    source.where += " AND false";
    co_return;
  }
  source.params.emplace_back(query.beginnings);
  const std::size_t param = source.params.size();
  source.where += std::string(" AND ") + record_id + " IN (SELECT s." + words.key + " FROM ";
  const bool few = !own && co_await finds_few(tx, words, query.beginnings);
  if (few) {
    source.where += few_found(words, param) + ")";
    co_return;
  }
  source.where += std::string(words.table) + " s WHERE s.words @@ $" + std::to_string(param) +
                  "::tsquery" + (own ? " AND s.users @> ARRAY[$1::uuid])" : ")");
}

}  // namespace bordero::lists
