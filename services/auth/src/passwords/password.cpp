#include "services/auth/src/passwords/password.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace bordero::auth {
namespace {

using Characters = std::u32string;

// Shorter words stand in too many good passwords by chance.
constexpr std::size_t kWordMin = 4;
constexpr std::size_t kDistinctMin = 6;
constexpr std::size_t kOwnCharactersMin = 5;

constexpr std::array<std::u32string_view, 10> kRows = {
    U"`1234567890-=", U"qwertyuiop[]", U"asdfghjkl;'", U"zxcvbnm,./",   U"1qaz2wsx3edc4rfv5tgb",
    U"йцукенгшщзхъ",  U"фывапролджэ",  U"ячсмитьбю.",  U"!@#$%^&*()_+", U"!\"№;%:?*()_+"};

// What most bad passwords are made of besides digits and signs.
constexpr std::array<std::u32string_view, 24> kWorn = {
    U"password", U"passw0rd", U"p@ssw0rd", U"p@ssword",      U"пароль",  U"parol",
    U"qwerty",   U"йцукен",   U"admin",    U"администратор", U"welcome", U"letmein",
    U"iloveyou", U"changeme", U"default",  U"secret",        U"секрет",  U"привет",
    U"login",    U"master",   U"user",     U"test",          U"demo",    U"insurance"};

// Code points; a byte that is not UTF-8 stands for itself.
Characters characters_of(std::string_view text) {
  Characters characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t point = more == 3   ? lead & 0x07U
                     : more == 2 ? lead & 0x0FU
                     : more == 1 ? lead & 0x1FU
                                 : lead;
    for (std::size_t i = 1; i <= more && at + i < text.size(); ++i) {
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    characters.push_back(point);
    at += more + 1;
  }
  return characters;
}

char32_t lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= U'А' && c <= U'Я') return c + 32;
  return c == U'Ё' ? U'ё' : c;
}

Characters lowered(std::string_view text) {
  Characters characters = characters_of(text);
  std::transform(characters.begin(), characters.end(), characters.begin(), lower);
  return characters;
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || c > 0x7F; }

// One of the first halves repeated to the end.
bool repeats_itself(const Characters& text) {
  for (std::size_t unit = 1; unit <= text.size() / 2; ++unit) {
    std::size_t same = 0;
    while (unit + same < text.size() && text[same] == text[unit + same]) ++same;
    if (unit + same == text.size()) return true;
  }
  return false;
}

bool neighbours(char32_t a, char32_t b) {
  if (a == b || a + 1 == b || b + 1 == a) return true;
  return std::any_of(kRows.begin(), kRows.end(), [&](std::u32string_view row) {
    const std::size_t at = row.find(a);
    if (at == std::u32string_view::npos) return false;
    return (at + 1 < row.size() && row[at + 1] == b) || (at > 0 && row[at - 1] == b);
  });
}

// Three of four steps go to the next letter, digit or key.
bool walks(const Characters& text) {
  std::size_t steps = 0;
  for (std::size_t i = 1; i < text.size(); ++i) steps += neighbours(text[i - 1], text[i]);
  return 4 * steps >= 3 * (text.size() - 1);
}

void erase_all(Characters& text, std::u32string_view word) {
  for (std::size_t at = text.find(word); at != Characters::npos; at = text.find(word, at)) {
    text.erase(at, word.size());
  }
}

// Worn words, digits (dates, phones, years) and signs leave next to nothing of one's own.
bool worn_out(Characters text) {
  for (const std::u32string_view word : kWorn) erase_all(text, word);
  const auto letters = std::count_if(text.begin(), text.end(), is_letter);
  return static_cast<std::size_t>(letters) < kOwnCharactersMin;
}

bool too_simple(const Characters& text) {
  const std::set<char32_t> distinct(text.begin(), text.end());
  return distinct.size() < kDistinctMin || repeats_itself(text) || walks(text) || worn_out(text);
}

}  // namespace

std::vector<std::string> context_words(std::string_view email, std::string_view full_name) {
  std::vector<std::string> words = {"bordero", "бордеро"};
  std::string all = std::string(email.substr(0, email.rfind('.'))) + " " + std::string(full_name);
  std::string word;
  for (const char c : all + " ") {
    const bool part = static_cast<unsigned char>(c) >= 0x80 || std::isalnum(c) != 0;
    if (part) {
      word.push_back(c);
    } else if (!word.empty()) {
      if (characters_of(word).size() >= kWordMin) words.push_back(word);
      word.clear();
    }
  }
  return words;
}

Result<void> check_password(std::string_view password, const std::vector<std::string>& words,
                            int min_length, const char* field) {
  const Characters text = lowered(password);
  if (text.size() < static_cast<std::size_t>(min_length)) {
    return invalid_field(field, "too_short",
                         "at least " + std::to_string(min_length) + " characters");
  }
  if (text.size() > kPasswordMax) return invalid_field(field, "too_long");
  for (const std::string& word : words) {
    if (text.find(lowered(word)) != Characters::npos) {
      return invalid_field(field, "password_has_context_word");
    }
  }
  if (too_simple(text)) return invalid_field(field, "weak_password");
  return {};
}

}  // namespace bordero::auth
