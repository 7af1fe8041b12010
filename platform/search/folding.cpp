#include "platform/search/folding.hpp"

#include <array>
#include <utility>

namespace bordero::search {
namespace {

constexpr std::u32string_view kLatinKeys = U"`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
constexpr std::u32string_view kCyrillicKeys = U"ёйцукенгшщзхъфывапролджэячсмитьбю";
constexpr std::u32string_view kLatinTwins = U"abekmhopctyx";
constexpr std::u32string_view kCyrillicTwins = U"авекмнорстух";

char32_t lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0x0410 && c <= 0x042F) return c + 0x20;
  if (c >= 0x0400 && c <= 0x040F) return c + 0x50;
  if (c >= 0x00C0 && c <= 0x00DE && c != 0x00D7) return c + 0x20;
  return c;
}

std::u32string mapped(std::u32string_view text, std::u32string_view from, std::u32string_view to) {
  std::u32string result(text);
  for (char32_t& c : result) {
    const auto at = from.find(c);
    if (at != std::u32string_view::npos) c = to[at];
  }
  return result;
}

int continuation_bytes(unsigned char first) {
  if (first < 0x80) return 0;
  if ((first & 0xE0) == 0xC0) return 1;
  if ((first & 0xF0) == 0xE0) return 2;
  return (first & 0xF8) == 0xF0 ? 3 : -1;
}

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  static constexpr std::array<unsigned char, 4> kFirstBits = {0x7F, 0x1F, 0x0F, 0x07};
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const int more = continuation_bytes(first);
    if (more < 0 || i + static_cast<std::size_t>(more) >= text.size()) {
      result.push_back(more == 0 ? first : U' ');
      continue;
    }
    char32_t c = first & kFirstBits[static_cast<std::size_t>(more)];
    for (int k = 0; k < more; ++k) c = (c << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F);
    result.push_back(c);
  }
  return result;
}

std::string encode_utf8(std::u32string_view text) {
  std::string result;
  result.reserve(text.size() * 2);
  for (const char32_t c : text) {
    if (c < 0x80) {
      result.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      result.push_back(static_cast<char>(0xC0 | (c >> 6)));
      result.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
      result.push_back(static_cast<char>(0xE0 | (c >> 12)));
      result.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      result.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
      result.push_back(static_cast<char>(0xF0 | (c >> 18)));
      result.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
      result.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
      result.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
  }
  return result;
}

std::u32string fold(std::string_view text) {
  constexpr char32_t kBreve = 0x0306;
  constexpr char32_t kDiaeresis = 0x0308;
  std::u32string result;
  for (char32_t c : decode_utf8(text)) {
    c = lower(c);
    if (c == kBreve && !result.empty() && result.back() == U'и') {
      result.back() = U'й';
    } else if (c != kDiaeresis && c != kBreve) {
      result.push_back(c == U'ё' ? U'е' : c);
    }
  }
  return result;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_letter(char32_t c) {
  if (c < 0x80) return c >= U'a' && c <= U'z';
  // Above Latin-1's signs; general punctuation and symbols part words.
  return c >= 0x00C0 && c != 0x00D7 && c != 0x00F7 && !(c >= 0x2000 && c <= 0x2BFF) && c != 0x3000;
}

std::vector<std::u32string> folded_words(std::string_view text) {
  std::vector<std::u32string> words;
  std::u32string word;
  for (const char32_t c : fold(text)) {
    if (is_letter(c) || is_digit(c)) {
      word.push_back(c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string folded_name(std::string_view text) {
  std::string name;
  for (const auto& word : folded_words(text)) {
    if (!name.empty()) name.push_back(' ');
    name += encode_utf8(word);
  }
  return name;
}

std::u32string latin_twins(std::u32string_view folded) {
  return mapped(folded, kCyrillicTwins, kLatinTwins);
}

std::u32string cyrillic_twins(std::u32string_view folded) {
  return mapped(folded, kLatinTwins, kCyrillicTwins);
}

std::u32string other_layout(std::u32string_view folded) {
  bool cyrillic = false;
  for (const char32_t c : folded) cyrillic = cyrillic || c >= 0x0400;
  if (cyrillic) return mapped(folded, kCyrillicKeys, kLatinKeys);
  std::u32string typed = mapped(folded, kLatinKeys, kCyrillicKeys);
  for (char32_t& c : typed) {
    if (c == U'ё') c = U'е';
  }
  return typed;
}

std::string code_of(std::string_view text) {
  std::string code;
  for (const char32_t c : latin_twins(fold(text))) {
    if (c < 0x80 && (is_letter(c) || is_digit(c))) {
      code.push_back(static_cast<char>(c));
    } else if (is_letter(c)) {
      code += encode_utf8(std::u32string_view(&c, 1));
    }
  }
  return code;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

}  // namespace bordero::search
