#include "services/tasks/src/parse/line_words.hpp"

#include <algorithm>
#include <array>

#include "platform/search/folding.hpp"

namespace bordero::tasks {
namespace {

constexpr char32_t kBeyondOneUnit = 0xFFFF;

bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x00A0;
}

std::string folded_word(const std::u32string& text) {
  std::string folded = search::encode_utf8(search::fold(search::encode_utf8(text)));
  while (!folded.empty() &&
         (folded.back() == ',' || folded.back() == '.' || folded.back() == ';')) {
    folded.pop_back();
  }
  return folded;
}

}  // namespace

LineWords words_of(std::string_view line) {
  LineWords words;
  std::u32string current;
  int units = 0;
  int from = 0;
  const auto finish = [&] {
    if (current.empty()) return;
    words.push_back({search::encode_utf8(current), folded_word(current), from, units});
    current.clear();
  };
  for (const char32_t c : search::decode_utf8(line)) {
    if (is_space(c)) {
      finish();
    } else {
      if (current.empty()) from = units;
      current.push_back(c);
    }
    units += c > kBeyondOneUnit ? 2 : 1;
  }
  finish();
  return words;
}

std::string_view word_at(const LineWords& words, std::size_t at) {
  if (at >= words.size()) return {};
  return words[at].folded;
}

int leading_number(std::string_view text, int max_digits, std::string_view& rest) {
  std::size_t digits = 0;
  int number = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    if (++digits > static_cast<std::size_t>(max_digits)) return -1;
    number = number * 10 + (text[digits - 1] - '0');
  }
  if (digits == 0) return -1;
  rest = text.substr(digits);
  return number;
}

bool is_preposition(std::string_view folded) {
  static constexpr std::array<std::string_view, 10> kAll = {"до", "к",  "ко",    "в",  "во",
                                                            "на", "by", "until", "on", "at"};
  return std::find(kAll.begin(), kAll.end(), folded) != kAll.end();
}

}  // namespace bordero::tasks
