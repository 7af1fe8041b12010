#include "platform/search/search_query.hpp"

#include <algorithm>
#include <set>

#include "platform/search/folding.hpp"

namespace bordero::search {
namespace {

constexpr std::size_t kMaxChunks = 10;
constexpr std::size_t kMinPhoneDigits = 5;
constexpr std::size_t kMinBeginning = 2;  // Of one letter too many words begin…
constexpr std::size_t kMinAnchor = 3;     // …unless it stands beside a word: "Иволгинский Ф."
constexpr std::size_t kMinCode = 4;

struct Operand {
  std::string word;
  bool may_go_on = true;
};
// One way to read a part of the query: all operands must be there.
using Reading = std::vector<Operand>;
using Readings = std::vector<Reading>;

Reading reading_of(std::u32string_view text, std::size_t least) {
  Reading reading;
  for (const auto& word : folded_words(encode_utf8(text))) {
    reading.push_back({marked(Mark::word, encode_utf8(word)), word.size() >= least});
  }
  return reading;
}

void add_words(Readings& readings, const std::string& chunk, std::size_t least) {
  const std::u32string typed = fold(chunk);
  const std::u32string other = other_layout(typed);
  for (const auto& text : {typed, latin_twins(typed), cyrillic_twins(typed), other}) {
    if (Reading reading = reading_of(text, least); !reading.empty()) readings.push_back(reading);
  }
}

void add_digits(Readings& readings, const std::string& digits) {
  const bool long_enough = digits.size() >= kMinPhoneDigits;
  readings.push_back({{marked(Mark::number, digits), long_enough}});
  if (!long_enough) return;
  readings.push_back({{marked(Mark::phone, digits)}});
  readings.push_back({{marked(Mark::tax_number, digits)}});
  const bool dialled = digits[0] == '8' && digits.size() > kMinPhoneDigits;
  if (dialled) readings.push_back({{marked(Mark::phone, digits.substr(1))}});
}

void add_codes(Readings& readings, const std::string& code) {
  if (code.size() < kMinCode || code.find_first_of("0123456789") == std::string::npos) return;
  readings.push_back({{marked(Mark::vin, code)}});
  readings.push_back({{marked(Mark::plate, code)}});
}

bool is_numeric(const std::string& chunk) {
  return chunk.find_first_not_of("0123456789+-()./ ") == std::string::npos &&
         chunk.find_first_of("0123456789") != std::string::npos;
}

// Cut at spaces; neighbours made of digits stay together, as phones are typed.
std::vector<std::string> chunks_of(std::string_view typed) {
  std::vector<std::string> chunks;
  std::size_t at = 0;
  while (at < typed.size() && chunks.size() < kMaxChunks) {
    const auto begin = typed.find_first_not_of(" \t\r\n", at);
    if (begin == std::string_view::npos) break;
    const auto end = std::min(typed.find_first_of(" \t\r\n", begin), typed.size());
    std::string chunk(typed.substr(begin, end - begin));
    const bool joins = !chunks.empty() && is_numeric(chunks.back()) && is_numeric(chunk);
    if (joins) {
      chunks.back() += " " + chunk;
    } else {
      chunks.push_back(std::move(chunk));
    }
    at = end;
  }
  return chunks;
}

Readings readings_of(const std::string& chunk, std::size_t least) {
  Readings readings;
  add_words(readings, chunk, least);
  if (chunk.find('@') != std::string::npos) {
    readings.push_back({{marked(Mark::email, encode_utf8(fold(chunk)))}});
  }
  const std::string digits = digits_of(chunk);
  const std::string code = code_of(chunk);
  if (!digits.empty() && digits == code) add_digits(readings, digits);
  add_codes(readings, code);
  return readings;
}

bool has_anchor(const std::string& chunk) {
  const auto words = folded_words(chunk);
  return std::any_of(words.begin(), words.end(),
                     [](const auto& word) { return word.size() >= kMinAnchor; });
}

std::string joined(const Readings& readings, bool beginnings) {
  std::set<std::string> alternatives;
  for (const Reading& reading : readings) {
    std::string all;
    for (const Operand& operand : reading) {
      const bool is_word = operand.word[0] == static_cast<char>(Mark::word);
      const bool open = operand.may_go_on && (beginnings || !is_word);
      all += (all.empty() ? "" : " & ") + tsquery_word(operand.word, open);
    }
    alternatives.insert(std::move(all));
  }
  std::string any;
  for (const auto& alternative : alternatives) {
    any += (any.empty() ? "(" : " | (") + alternative + ")";
  }
  return any;
}

void note_sought(SearchQuery& query, const Readings& readings) {
  for (const Reading& reading : readings) {
    for (const Operand& operand : reading) query.sought.push_back(operand.word);
  }
}

std::string_view name_of(char mark) {
  switch (static_cast<Mark>(mark)) {
    case Mark::phone:
      return "phone";
    case Mark::email:
      return "email";
    case Mark::tax_number:
      return "tax_number";
    case Mark::vin:
      return "vin";
    case Mark::plate:
      return "plate";
    case Mark::number:
      return "number";
    case Mark::word:
      break;
  }
  return {};
}

}  // namespace

std::string tsquery_word(std::string_view word, bool beginning) {
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'' || c == '\\') quoted.push_back(c);
    quoted.push_back(c);
  }
  return quoted + (beginning ? "':*" : "'");
}

SearchQuery parse_search(std::string_view typed) {
  SearchQuery query;
  const auto chunks = chunks_of(typed);
  const bool anchored = std::any_of(chunks.begin(), chunks.end(), has_anchor);
  for (const auto& chunk : chunks) {
    const Readings readings = readings_of(chunk, anchored ? 1 : kMinBeginning);
    if (readings.empty()) continue;
    const std::string glue = query.beginnings.empty() ? "(" : " & (";
    query.beginnings += glue + joined(readings, true) + ")";
    query.exact += glue + joined(readings, false) + ")";
    note_sought(query, readings);
  }
  if (chunks.size() < 2) return query;

  Readings whole;  // "А 123 ВС 77" is one plate.
  add_codes(whole, code_of(typed));
  if (whole.empty()) return query;
  const std::string glue = query.beginnings.empty() ? "" : " | ";
  query.beginnings += glue + joined(whole, true);
  query.exact += glue + joined(whole, false);
  note_sought(query, whole);
  return query;
}

Match match_of(const SearchQuery& query, const std::vector<std::string>& words) {
  constexpr int kExact = 10;
  constexpr int kBeginning = 4;
  Match match;
  for (const auto& sought : query.sought) {
    int best = 0;
    for (const auto& word : words) {
      if (!word.starts_with(sought)) continue;
      best = std::max(best, word.size() == sought.size() ? kExact : kBeginning);
    }
    match.score += best;
    if (best > 0 && match.by.empty()) match.by = name_of(sought[0]);
  }
  return match;
}

}  // namespace bordero::search
