#include "platform/search/marked_words.hpp"

#include <array>

#include "platform/search/folding.hpp"

namespace bordero::search {
namespace {

constexpr std::size_t kMaxWords = 500;
constexpr std::size_t kMaxWordBytes = 120;
constexpr std::size_t kMinPhoneDigits = 5;

bool mixes_scripts(const std::u32string& word) {
  bool latin = false;
  bool cyrillic = false;
  for (const char32_t c : word) {
    latin = latin || (c >= U'a' && c <= U'z');
    cyrillic = cyrillic || (c >= 0x0400 && c <= 0x04FF);
  }
  return latin && cyrillic;
}

}  // namespace

std::string marked(Mark mark, std::string_view text) {
  std::string word(1, static_cast<char>(mark));
  return word.append(text);
}

void MarkedWords::add(Mark mark, std::string_view text) {
  if (text.empty() || text.size() > kMaxWordBytes || words_.size() >= kMaxWords) return;
  words_.insert(marked(mark, text));
}

void MarkedWords::add_words(std::string_view text) {
  for (const auto& word : folded_words(text)) {
    add(Mark::word, encode_utf8(word));
    if (!mixes_scripts(word)) continue;
    add(Mark::word, encode_utf8(latin_twins(word)));
    add(Mark::word, encode_utf8(cyrillic_twins(word)));
  }
}

void MarkedWords::add_phone(std::string_view e164) {
  const std::string digits = digits_of(e164);
  for (std::size_t from = 0; from + kMinPhoneDigits <= digits.size(); ++from) {
    add(Mark::phone, std::string_view(digits).substr(from));
  }
}

void MarkedWords::add_email(std::string_view email) { add(Mark::email, encode_utf8(fold(email))); }

void MarkedWords::add_tax_number(std::string_view number) {
  add(Mark::tax_number, code_of(number));
}

void MarkedWords::add_vin(std::string_view vin) {
  const std::string code = code_of(vin);
  add(Mark::vin, code);
  for (const std::size_t ending : std::array<std::size_t, 3>{8, 6, 4}) {
    if (code.size() > ending) add(Mark::vin, std::string_view(code).substr(code.size() - ending));
  }
}

void MarkedWords::add_plate(std::string_view plate) {
  const std::string code = code_of(plate);
  add(Mark::plate, code);
  const auto digit = code.find_first_of("0123456789");
  if (digit != std::string::npos && digit > 0) add(Mark::plate, code.substr(digit));
}

void MarkedWords::add_number(std::string_view number) {
  add(Mark::number, digits_of(number));
  const auto dash = number.find('-');
  if (dash == std::string_view::npos) return;
  const std::string_view counter = number.substr(dash + 1);
  add(Mark::number, counter);
  const auto significant = counter.find_first_not_of('0');
  if (significant != std::string_view::npos) add(Mark::number, counter.substr(significant));
}

std::vector<std::string> MarkedWords::list() const { return {words_.begin(), words_.end()}; }

}  // namespace bordero::search
