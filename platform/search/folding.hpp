#pragma once

#include <string>
#include <string_view>
#include <vector>

// Text as search sees it: without case, with е for ё, cut into words. Independent of locales.
// Forms and cases are those of Unicode (ICU): a letter is the same in whatever spelling it came.
namespace bordero::search {

std::u32string decode_utf8(std::string_view text);  // Broken bytes become U+FFFD.
std::string encode_utf8(std::u32string_view text);

// Without case, composed, е for ё, nothing that is not seen.
std::u32string fold(std::string_view text);
// The same with ё as it is: the one form of an account's e-mail.
std::string caseless_text(std::string_view text);
// Whether nothing of it is seen: spaces of all kinds, signs without width, marks of direction.
bool is_blank(std::string_view text);
// Runs of letters and digits of the folded text.
std::vector<std::u32string> folded_words(std::string_view text);
// The folded words joined by one space: what names are sorted and compared by.
std::string folded_name(std::string_view text);

bool is_letter(char32_t c);
bool is_digit(char32_t c);

// Cyrillic letters that look like Latin ones, and back: "А123ВС" typed on either keyboard.
std::u32string latin_twins(std::u32string_view folded);
std::u32string cyrillic_twins(std::u32string_view folded);
// The same keys pressed on the other keyboard layout: "bdfyjd" is "иванов", "руддщ" is "hello".
// Works on raw text, since layouts put letters where the other has punctuation.
std::u32string other_layout(std::u32string_view folded);

// Latin letters and digits alone, as VINs, plates and numbers are compared.
std::string code_of(std::string_view text);
std::string digits_of(std::string_view text);

}  // namespace bordero::search
