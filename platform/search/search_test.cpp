#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/search/folding.hpp"
#include "platform/search/marked_words.hpp"
#include "platform/search/search_query.hpp"

namespace bordero::search {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Folding, CaseAndYoDoNotMatter) {
  EXPECT_EQ(folded_name("СЕМЁНОВ Пётр"), "семенов петр");
  EXPECT_EQ(folded_name("ООО «Речной порт-2»"), "ооо речной порт 2");
  EXPECT_EQ(folded_name("Béla Ünal"), folded_name("béla ünal"));
}

TEST(Folding, ComposesShortI) {
  EXPECT_EQ(folded_name("Андреи\xCC\x86"), "андрей");
  EXPECT_EQ(folded_name("Фе\xCC\x88дор"), "федор");
}

TEST(Folding, SurvivesBrokenBytes) {
  EXPECT_EQ(folded_name("\xD0"), "");
  EXPECT_EQ(folded_name("a\xFF\xFE b"), "a b");
}

TEST(Folding, OtherLayoutBothWays) {
  EXPECT_EQ(encode_utf8(other_layout(fold("bdfyjd"))), "иванов");
  EXPECT_EQ(encode_utf8(other_layout(fold("руддщ"))), "hello");
  EXPECT_EQ(encode_utf8(other_layout(fold("vfplf"))), "мазда");
}

TEST(Folding, PlatesAreTheSameOnEitherKeyboard) {
  EXPECT_EQ(code_of("А 123 ВС 77"), code_of("a123bc77"));
}

TEST(MarkedWords, PhoneIsFoundByAnyEnding) {
  MarkedWords words;
  words.add_phone("+79161234567");

  EXPECT_THAT(words.list(), Contains("p79161234567"));
  EXPECT_THAT(words.list(), Contains("p9161234567"));
  EXPECT_THAT(words.list(), Contains("p34567"));
  EXPECT_THAT(words.list(), ::testing::Not(Contains("p4567")));
}

TEST(SearchQuery, NothingSearchableIsNothing) {
  EXPECT_THAT(parse_search("").beginnings, IsEmpty());
  EXPECT_THAT(parse_search("  «»!? ").beginnings, IsEmpty());
}

TEST(SearchQuery, QuotesAndOperatorsAreText) {
  EXPECT_THAT(parse_search("o'neil & | ! ( \\").beginnings, HasSubstr("'wo'"));
  EXPECT_EQ(tsquery_word("e'x\\", false), "'e''x\\\\'");
}

TEST(SearchQuery, TypedPhoneIsDigits) {
  EXPECT_THAT(parse_search("8 (916) 123-45-67").beginnings, HasSubstr("'p9161234567':*"));
  EXPECT_THAT(parse_search("иванов 916 123").beginnings, HasSubstr("'p916123':*"));
}

TEST(SearchQuery, WordsGoOnAndExactOnesDoNot) {
  const auto query = parse_search("Ёлк");

  EXPECT_THAT(query.beginnings, HasSubstr("'wелк':*"));
  EXPECT_THAT(query.exact, HasSubstr("'wелк'"));
  EXPECT_THAT(query.exact, ::testing::Not(HasSubstr(":*")));
}

TEST(SearchQuery, PlateInPiecesIsOnePlate) {
  EXPECT_THAT(parse_search("А 123 ВС 77").beginnings, HasSubstr("'ga123bc77':*"));
}

TEST(Match, SaysByWhatAndHowWell) {
  const auto query = parse_search("9161234567");

  EXPECT_EQ(match_of(query, {"wиванов", "p9161234567"}).by, "phone");
  EXPECT_EQ(match_of(parse_search("иванов"), {"wиванов"}).by, "");
  EXPECT_GT(match_of(parse_search("иван"), {"wиван"}).score,
            match_of(parse_search("иван"), {"wиванов"}).score);
}

}  // namespace
}  // namespace bordero::search
