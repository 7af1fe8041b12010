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
  EXPECT_EQ(refusal("зелёный трамва"), "password_too_short");
  EXPECT_EQ(refusal("зелёный трамвай"), "");
  EXPECT_EQ(refusal("kzvqmtrhbwxpf1"), "password_too_short");
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
  EXPECT_EQ(refusal("aaaaaaaaaaaaaaaaaaaa"), "password_too_simple");
  EXPECT_EQ(refusal("trident7trident7trident7"), "password_too_simple");
  EXPECT_EQ(refusal("qwertyuiopasdfghjkl"), "password_too_simple");
  EXPECT_EQ(refusal("йцукенгшщзфывапролдж"), "password_too_simple");
  EXPECT_EQ(refusal("abcdefghijklmnopqrst"), "password_too_simple");
  EXPECT_EQ(refusal("1985-03-24 89161234567"), "password_too_simple");
  EXPECT_EQ(refusal("Password12345678!!"), "password_too_simple");
  EXPECT_EQ(refusal("Пароль2026Пароль!2027"), "password_too_simple");
}

}  // namespace
}  // namespace bordero::auth
