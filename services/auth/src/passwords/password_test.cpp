#include "services/auth/src/passwords/password.hpp"

#include <gtest/gtest.h>

namespace bordero::auth {
namespace {

std::string refusal(std::string_view password) {
  const auto words = context_words("marina.kotova@meridian.example", "Марина Котова");
  const auto checked = check_password(password, words, kPasswordMinAlone, "password");
  return checked ? "" : checked.error().fields.at(0).code;
}

TEST(CheckPassword, LengthIsCountedInCharacters) {
  EXPECT_EQ(refusal("зелёный трамва"), "too_short");
  EXPECT_EQ(refusal("зелёный трамвай"), "");
  EXPECT_EQ(refusal("kzvqmtrhbwxpf1"), "too_short");
  EXPECT_EQ(refusal("kzvqmtrhbwxpf12"), "");
  std::string longest;
  for (int i = 0; i < 32; ++i) longest += "k7#" + std::string(1, static_cast<char>('a' + i % 26));
  EXPECT_EQ(refusal(longest), "");
  EXPECT_EQ(refusal(longest + "x"), "too_long");
}

TEST(CheckPassword, NoCompositionIsRequired) {
  EXPECT_EQ(refusal("correct horse battery staple"), "");
  EXPECT_EQ(refusal("семь зонтов на верблюде"), "");
}

TEST(CheckPassword, WordsOfTheContextAreRefusedInAnyCase) {
  EXPECT_EQ(refusal("my-BORDERO-account-9x"), "password_has_context_word");
  EXPECT_EQ(refusal("kzvq-Meridian-htwpf"), "password_has_context_word");
  EXPECT_EQ(refusal("МАРИНА и её зонтик"), "password_has_context_word");
  EXPECT_EQ(refusal("kotova lives by the sea"), "password_has_context_word");
}

TEST(CheckPassword, SimplePatternsAreRefused) {
  EXPECT_EQ(refusal("aaaaaaaaaaaaaaaaaaaa"), "weak_password");
  EXPECT_EQ(refusal("trident7trident7trident7"), "weak_password");
  EXPECT_EQ(refusal("qwertyuiopasdfghjkl"), "weak_password");
  EXPECT_EQ(refusal("йцукенгшщзфывапролдж"), "weak_password");
  EXPECT_EQ(refusal("abcdefghijklmnopqrst"), "weak_password");
  EXPECT_EQ(refusal("1985-03-24 89161234567"), "weak_password");
  EXPECT_EQ(refusal("Password12345678!!"), "weak_password");
  EXPECT_EQ(refusal("Пароль2026Пароль!2027"), "weak_password");
}

}  // namespace
}  // namespace bordero::auth
