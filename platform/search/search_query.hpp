#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/search/marked_words.hpp"

namespace bordero::search {

// What somebody typed, as conditions over marked words: every word in any order, each as typed, on
// the other keyboard layout, or with look-alike letters of the other alphabet; runs of digits as
// phones and numbers.
struct SearchQuery {
  std::string beginnings;           // A tsquery; words may go on. Empty: nothing to search for.
  std::string exact;                // The same with whole words.
  std::vector<std::string> sought;  // The marked words that it speaks of.
};
SearchQuery parse_search(std::string_view typed);

// How well a record's words answer, and by what: phone, vin, …; empty when by words.
struct Match {
  int score = 0;
  std::string_view by = {};
};
Match match_of(const SearchQuery& query, const std::vector<std::string>& words);

// A word as a tsquery operand.
std::string tsquery_word(std::string_view word, bool beginning);

}  // namespace bordero::search
