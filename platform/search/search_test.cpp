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

TEST(Folding, KnowsCapitalsAndSpellingsOfAllAlphabets) {
  EXPECT_EQ(folded_name("Әлия ŽUKOVS Straße"), folded_name("әлия žukovs STRASSE"));
  EXPECT_EQ(folded_name("Z\u030Cukovs"), folded_name("Žukovs"));
  EXPECT_EQ(folded_name("Ива\u00ADнов\u200B"), "иванов");
  EXPECT_EQ(folded_name("ＡＢＣ"), "abc");
}

TEST(Folding, AnEmailHasOneForm) {
  EXPECT_EQ(caseless_text("Ivan@\u212Aama.example"), "ivan@kama.example");
  EXPECT_NE(caseless_text("\u0130van@kama.example"), "ivan@kama.example");
  EXPECT_EQ(caseless_text("ёж@kama.example"), "ёж@kama.example");
}

TEST(Folding, NothingVisibleIsNothing) {
  for (const char* text : {"", " \t\r\n", "\u00a0", "\u200b", "\u202e", "\u3000", "\u3164",
                           "\u2800", "\ufeff\u00ad"}) {
    EXPECT_TRUE(is_blank(text)) << text;
  }
  for (const char* text : {".", "а", "\u200b1", "🙂", "№"}) EXPECT_FALSE(is_blank(text)) << text;
}

TEST(Folding, APolicyNumberHasOneForm) {
  for (const char* text : {"\x58"
                           "XX 61A2-0012",
                           "ххх61a2-0012", "ХХХ\u00a061A2\u20130012"}) {
    EXPECT_EQ(code_of(text), code_of("ХХХ 61A2-0012")) << text;
  }
}

TEST(Folding, SurvivesBrokenBytes) {
  EXPECT_EQ(folded_name("\xD0"), "");
  EXPECT_EQ(folded_name("a\xFF\xFE b"), "a b");
}

TEST(Folding, OtherLayoutBothWays) {
  EXPECT_EQ(encode_utf8(other_layout(fold("bdfyjd"))), "иванов");
  EXPECT_EQ(encode_utf8(other_layout(fold("руддщ"))), "hello");
  EXPECT_EQ(encode_utf8(other_layout(fold("vfplf"))), "мазда");
  EXPECT_EQ(encode_utf8(other_layout(fold(":lfyjdcrbq"))), "ждановский");
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

TEST(SearchQuery, AnInitialGoesOnBesideASurname) {
  EXPECT_THAT(parse_search("Иволгинский Ф.").beginnings, HasSubstr("'wф':*"));
  EXPECT_THAT(parse_search("Ф.").beginnings, ::testing::Not(HasSubstr("'wф':*")));
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
