#include "services/crm/src/search/narrow_to_words.hpp"

#include "services/crm/src/search/search_query.hpp"

namespace bordero::crm {

void narrow_to_words(lists::ListSource& source, const WordTable& words, const std::string& typed,
                     bool own) {
  const SearchQuery query = parse_search(typed);
  if (query.beginnings.empty()) {
    source.where += " AND false";
    return;
  }
  source.params.emplace_back(query.beginnings);
  source.where += std::string(" AND ") + words.record_id + " IN (SELECT s." + words.id + " FROM " +
                  words.table + " s WHERE s.words @@ $" + std::to_string(source.params.size()) +
                  "::tsquery" + (own ? " AND s.users @> ARRAY[$1::uuid])" : ")");
}

}  // namespace bordero::crm
