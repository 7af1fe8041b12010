#include "platform/search/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "platform/base/error.hpp"

namespace bordero::search {
namespace {

// The letters that a keyboard's other signs are, and those of the same keys with Shift.
constexpr std::u32string_view kLatinKeys = U"`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>";
constexpr std::u32string_view kCyrillicKeys = U"ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю";
constexpr std::u32string_view kLatinTwins = U"abekmhopctyx";
constexpr std::u32string_view kCyrillicTwins = U"авекмнорстух";

icu::UnicodeString utf16_of(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::u32string utf32_of(const icu::UnicodeString& text) {
  std::u32string result(static_cast<std::size_t>(text.countChar32()), U'\0');
  UErrorCode failed = U_ZERO_ERROR;
  text.toUTF32(reinterpret_cast<UChar32*>(result.data()), static_cast<std::int32_t>(result.size()),
               failed);
  return result;
}

// In one case and one spelling, without what is not seen: NFKC_Casefold of Unicode.
icu::UnicodeString caseless(const icu::UnicodeString& text) {
  UErrorCode failed = U_ZERO_ERROR;
  static const icu::Normalizer2* const form = icu::Normalizer2::getNFKCCasefoldInstance(failed);
  ensure(form != nullptr, "ICU knows the forms of Unicode");
  UErrorCode broken = U_ZERO_ERROR;
  return form->normalize(text, broken);
}

std::u32string mapped(std::u32string_view text, std::u32string_view from, std::u32string_view to) {
  std::u32string result(text);
  for (char32_t& c : result) {
    const auto at = from.find(c);
    if (at != std::u32string_view::npos) c = to[at];
  }
  return result;
}

}  // namespace

std::u32string decode_utf8(std::string_view text) { return utf32_of(utf16_of(text)); }

std::string encode_utf8(std::u32string_view text) {
  std::string result;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                static_cast<std::int32_t>(text.size()))
      .toUTF8String(result);
  return result;
}

std::u32string fold(std::string_view text) {
  // "№" is a sign here, and "no" to Unicode.
  icu::UnicodeString typed = utf16_of(text);
  typed.findAndReplace(u"№", u" ").findAndReplace(u"\uFFFD", u" ");
  std::u32string result = utf32_of(caseless(typed));
  std::replace(result.begin(), result.end(), U'ё', U'е');
  return result;
}

std::string caseless_text(std::string_view text) {
  std::string result;
  caseless(utf16_of(text)).toUTF8String(result);
  return result;
}

bool is_blank(std::string_view text) {
  constexpr char32_t kEmptyBraille = 0x2800;
  const std::u32string shown = utf32_of(caseless(utf16_of(text)));
  return std::none_of(shown.begin(), shown.end(), [](char32_t c) {
    return u_isgraph(static_cast<UChar32>(c)) && c != kEmptyBraille;
  });
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
