#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordero::tasks {

// One word of a typed line.
struct LineWord {
  std::string text;    // As typed.
  std::string folded;  // Lower case, ё as е, without a comma or full stop at its end.
  int from = 0;        // Where it stands, in UTF-16 units as browsers count.
  int to = 0;
};
using LineWords = std::vector<LineWord>;

LineWords words_of(std::string_view line);

// The folded word at `at`, or nothing behind the end.
std::string_view word_at(const LineWords& words, std::size_t at);
// A whole number of at most `max_digits` digits at the beginning of the text; -1 for none. `rest`
// is what follows.
int leading_number(std::string_view text, int max_digits, std::string_view& rest);
// Whether a preposition that goes with dates or times: до, к, в, by, on, at…
bool is_preposition(std::string_view folded);

}  // namespace bordero::tasks
