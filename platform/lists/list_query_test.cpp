#include "platform/lists/list_query.hpp"

#include "platform/base/clock.hpp"
#include "platform/lists/list_query_fixture.hpp"
#include "platform/lists/page_token.hpp"

#include <gmock/gmock.h>

#include <random>

namespace bordero::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Query compiled(const std::string& filter, const std::string& order = "") {
  const auto query = compile(spec(), {.filter = filter, .order_by = order}, 3);
  EXPECT_TRUE(query) << filter << ": " << (query ? "" : query.error().fields.at(0).detail);
  return query ? *query : Query();
}

FieldError refusal(const Request& request) {
  const auto query = compile(spec(), request, 1);
  EXPECT_FALSE(query) << request.filter;
  return query ? FieldError{} : query.error().fields.at(0);
}

TEST(Filter, ComparisonsBecomeParameters) {
  const auto query = compiled(R"(title = "a \"b\"" AND number>=5 AND starts_on < 2026-12-01)");

  EXPECT_EQ(query.where,
            "d.title = $3::text AND d.number >= $4::bigint AND d.starts_on < $5::date");
  EXPECT_THAT(query.filter_params, ElementsAre("a \"b\"", "5", "2026-12-01"));
  EXPECT_EQ(compiled("").where, "true");
  EXPECT_EQ(compiled("  ").where, "true");
}

TEST(Filter, EveryTypeHasItsForm) {
  EXPECT_EQ(compiled("status != draft").where, "(d.status = 'draft'::text) IS NOT TRUE");
  EXPECT_EQ(compiled("urgent : true").where, "d.urgent = 'true'::boolean");
  EXPECT_EQ(compiled("number < -1.5").where, "d.number < $3::numeric");
  EXPECT_EQ(compiled("premium >= 1200.50").where, "d.premium_minor >= $3::bigint");
  EXPECT_THAT(compiled("premium >= 1200.50").filter_params, ElementsAre("120050"));
  EXPECT_EQ(compiled("title : '50%_'").filter_params.at(0), "%50\\%\\_%");
  EXPECT_EQ(compiled("deadline_on = ''").where, "d.deadline_on IS NULL");
  EXPECT_EQ(compiled("created_at > 2026-11-23T10:00:00+03:00").filter_params.at(0),
            "2026-11-23T07:00:00.000000Z");
  EXPECT_THAT(compiled("created_at <= 2026-11-23").where, HasSubstr("'Europe/Moscow'"));
  EXPECT_EQ(compiled("member_id != 018f4e2a-0000-7000-8000-000000000001").where,
            "((EXISTS (SELECT 1 FROM m WHERE m.deal = d.id AND m.who = $3::uuid))) IS NOT TRUE");
}

// As AIP-160 says: OR binds tighter than AND, NOT and - tighter than both.
TEST(Filter, OrBindsTighterThanAnd) {
  const std::pair<const char*, const char*> cases[] = {
      {"number = 1 AND number = 2 OR number = 3", "1 AND (2 OR 3)"},
      {"number = 1 OR number = 2 AND number = 3", "(1 OR 2) AND 3"},
      {"number = 1 number = 2 OR number = 3 number = 4", "1 AND (2 OR 3) AND 4"},
      {"(number = 1 AND number = 2) OR number = 3", "((1 AND 2) OR 3)"},
      {"NOT number = 1 OR -number = 2", "((1) IS NOT TRUE OR (2) IS NOT TRUE)"},
      {"NOT (number = 1 OR number = 2) number = 3", "((1 OR 2)) IS NOT TRUE AND 3"},
      {"-(number = 1 number = 2)", "(1 AND 2) IS NOT TRUE"},
      {"((number=1))", "1"},
  };
  for (const auto& [filter, shape] : cases) {
    auto where = compiled(filter).where;
    for (int i = 1; i <= 4; ++i) {
      const std::string param = "d.number = $" + std::to_string(i + 2) + "::bigint";
      const auto at = where.find(param);
      if (at != std::string::npos) where.replace(at, param.size(), std::to_string(i));
    }
    EXPECT_EQ(where, shape) << filter;
  }
}

TEST(Filter, AlternativesStandInParentheses) {
  EXPECT_EQ(compiled("status = (draft OR active)").where,
            "(d.status = ANY(ARRAY['draft', 'active']::text[]))");
  EXPECT_THAT(compiled("status = (draft OR active)").filter_params, ElementsAre());
  EXPECT_EQ(compiled("number != (1 OR 2.5)").where,
            "((d.number = ANY($3::numeric[]))) IS NOT TRUE");
  EXPECT_EQ(compiled("title : (a OR b)").where,
            "(d.title ILIKE $3::text OR d.title ILIKE $4::text)");
  EXPECT_EQ(compiled("title = ('a*' OR b)").where,
            "(d.title LIKE $3::text OR d.title = ANY($4::text[]))");
  EXPECT_EQ(refusal({.filter = "number < (1 OR 2)"}).code, "wrong_operator");
  EXPECT_EQ(refusal({.filter = "deadline_on = (null OR 2026-01-01)"}).code, "bad_value");
  EXPECT_EQ(refusal({.filter = "number = (1, 2)"}).detail, "column 12: OR or ) is expected");
}

TEST(Filter, PartsOfTextKnowOneLetterForEAndYo) {
  EXPECT_EQ(compiled("title : \"семенов\"").where,
            "(d.title ILIKE $3::text AND translate(lower(d.title), 'ё', 'е') LIKE "
            "translate(lower($4::text), 'ё', 'е'))");
  EXPECT_THAT(compiled("title : \"семенов\"").filter_params, ElementsAre("%с_м_нов%", "%семенов%"));
}

TEST(Filter, StarsAreWildcardsUnlessEscaped) {
  EXPECT_EQ(compiled("title = \"КАСКО*\"").where, "d.title LIKE $3::text");
  EXPECT_THAT(compiled("title = \"100%*\"").filter_params, ElementsAre("100\\%%"));
  EXPECT_EQ(compiled(R"(title = "2\*2")").where, "d.title = $3::text");
  EXPECT_THAT(compiled(R"(title = "2\*2")").filter_params, ElementsAre("2*2"));
  EXPECT_THAT(compiled("title : a*b").filter_params, ElementsAre("%a%b%"));
  EXPECT_EQ(refusal({.filter = "title > 'a*'"}).code, "bad_value");
  EXPECT_EQ(refusal({.filter = "number = 1*"}).code, "not_a_number");
}

TEST(Filter, AbsentAndPresentAreAsked) {
  EXPECT_EQ(compiled("deadline_on = null").where, "d.deadline_on IS NULL");
  EXPECT_EQ(compiled("deadline_on != null").where, "(d.deadline_on IS NULL) IS NOT TRUE");
  EXPECT_EQ(compiled("deadline_on:*").where, "d.deadline_on IS NOT NULL");
  EXPECT_EQ(compiled("title:*").where, "coalesce(d.title, '') <> ''");
  EXPECT_EQ(compiled("title = 'null'").where, "d.title = $3::text");
  EXPECT_EQ(refusal({.filter = "deadline_on < null"}).code, "wrong_operator");
  EXPECT_EQ(refusal({.filter = "member_id = null"}).code, "bad_value");
}

TEST(Filter, FieldsOfOtherRecordsAreLookedUpThere) {
  EXPECT_EQ(compiled("client.full_name : иванов").where,
            "(d.client_id IN (SELECT c.id FROM clients c WHERE c.full_name ILIKE $3::text))");
  EXPECT_EQ(compiled("client.full_name != x").where,
            "((d.client_id IN (SELECT c.id FROM clients c WHERE c.full_name = $3::text))) "
            "IS NOT TRUE");
  EXPECT_EQ(compiled("client.full_name = null").where,
            "((d.client_id IN (SELECT c.id FROM clients c WHERE coalesce(c.full_name, '') <> ''))) "
            "IS NOT TRUE");
}

TEST(Filter, FunctionsAreDatesOfTheAgencyAndTheCaller) {
  const auto value = [](const std::string& call) {
    return *compiled("starts_on = " + call).filter_params.at(0);
  };
  const Date today = clock::today();
  EXPECT_EQ(value("today()"), today.str());
  EXPECT_EQ(value("days(-7)"), today.plus_days(-7).str());
  EXPECT_EQ(value("weeks(2)"), today.plus_days(14).str());
  EXPECT_EQ(value("month_start()"), today.str().substr(0, 8) + "01");
  EXPECT_EQ(value("year_start()"), today.str().substr(0, 4) + "-01-01");
  EXPECT_EQ(value("year_end(1)"), std::to_string(today.year() + 1) + "-12-31");
  EXPECT_EQ(Date::parse(value("month_end()"))->plus_days(1).str(), value("month_start(1)"));
  EXPECT_EQ(Date::parse(value("quarter_end(-1)"))->plus_days(1).str(), value("quarter_start()"));
  EXPECT_EQ(Date::parse(value("week_start()"))->plus_days(6).str(), value("week_end()"));
  EXPECT_TRUE(parse_instant(*compiled("created_at > hours(-1)").filter_params.at(0)));
  EXPECT_THAT(compiled("created_at >= month_start()").where, HasSubstr("'Europe/Moscow'"));

  const std::string me = "018f4e2a-0000-7000-8000-000000000001";
  const auto mine = compile(spec(), {.filter = "client_id = me()", .me = me}, 1);
  ASSERT_TRUE(mine);
  EXPECT_THAT(mine->filter_params, ElementsAre(me));

  EXPECT_EQ(refusal({.filter = "starts_on = yesterday()"}).code, "unknown_function");
  EXPECT_EQ(refusal({.filter = "starts_on = days()"}).code, "wrong_argument");
  EXPECT_EQ(refusal({.filter = "starts_on = today(1)"}).code, "wrong_argument");
  EXPECT_EQ(refusal({.filter = "starts_on = years(9)"}).code, "unknown_function");
  EXPECT_EQ(refusal({.filter = "starts_on = year_end(5000)"}).code, "wrong_argument");
  EXPECT_EQ(refusal({.filter = "starts_on = now()"}).code, "wrong_function");
  EXPECT_EQ(refusal({.filter = "number = today()"}).code, "wrong_function");
  EXPECT_EQ(refusal({.filter = "starts_on = me()"}).code, "wrong_function");
}

TEST(Filter, BadSyntaxPointsAtItsColumn) {
  const std::pair<const char*, const char*> cases[] = {
      {"title", "column 6:"},
      {"title = ", "column 9:"},
      {"title = 'ж' OR", "column 15:"},
      {"(title = a", "column 1:"},
      {"title = a)", "column 10:"},
      {"()", "column 2:"},
      {"title = \"abc", "column 9:"},
      {"title = a AND", "column 14:"},
      {"title = a AND OR title = b", "column 15:"},
      {"title = AND", "column 9:"},
      {"title ~ a", "column 7:"},
      {"NOT NOT title = a", "column 5:"},
      {"- title = a", "column 2:"},
      {"title = a b ~ c", "column 13:"},
      {"starts_on = days(x)", "column 19:"},
      {"starts_on = days(1", "column 19:"},
  };
  for (const auto& [filter, column] : cases) {
    const auto error = refusal({.filter = filter});
    EXPECT_EQ(error.code, "bad_filter") << filter;
    EXPECT_THAT(error.detail, HasSubstr(column)) << filter;
  }
}

TEST(Filter, ValuesMustFitTheirField) {
  EXPECT_EQ(refusal({.filter = "nope = 1"}).code, "unknown_field");
  EXPECT_EQ(refusal({.filter = "number = x"}).code, "not_a_number");
  EXPECT_EQ(refusal({.filter = "number = 12345678901234567890"}).code, "not_a_number");
  EXPECT_EQ(refusal({.filter = "urgent = 1"}).code, "not_a_boolean");
  EXPECT_EQ(refusal({.filter = "starts_on = 2026-02-30"}).code, "not_a_date");
  EXPECT_EQ(refusal({.filter = "created_at > yesterday"}).code, "not_an_instant");
  EXPECT_EQ(refusal({.filter = "client_id = 5"}).code, "not_a_uuid");
  EXPECT_EQ(refusal({.filter = "status = won"}).code, "unknown_value");
  EXPECT_EQ(refusal({.filter = "status < draft"}).code, "wrong_operator");
  EXPECT_EQ(refusal({.filter = "member_id > a"}).code, "wrong_operator");
}

TEST(Filter, LimitsHold) {
  std::string many = "number = 1";
  for (int i = 1; i < 40; ++i) many += " AND number = 1";
  EXPECT_TRUE(compile(spec(), {.filter = many}, 1));
  EXPECT_EQ(refusal({.filter = many + " AND number = 1"}).code, "too_many_terms");
  EXPECT_TRUE(compile(spec(), {.filter = "title = " + std::string(2040, 'x')}, 1));
  EXPECT_EQ(refusal({.filter = "title = " + std::string(2041, 'x')}).code, "filter_too_long");
  EXPECT_EQ(refusal({.filter = "title = '\xff'"}).code, "bad_filter");
  EXPECT_EQ(refusal({.filter = std::string("title = 'a\0b'", 13)}).code, "bad_filter");
  EXPECT_EQ(refusal({.filter = std::string(2000, '(')}).code, "too_deep");
  const std::string ten(10, '(');
  EXPECT_TRUE(compile(spec(), {.filter = ten + "number = 1" + std::string(10, ')')}, 1));
  EXPECT_EQ(refusal({.filter = "(" + ten + "number = 1"}).code, "too_deep");
}

TEST(Order, TheUniqueKeyFollowsTheLastDirection) {
  const auto order = [](const std::string& order_by) {
    return compiled("", order_by).stretches.at(0).order_by;
  };
  EXPECT_EQ(order(""), "d.deadline_on, d.id");
  EXPECT_EQ(order("created_at desc"), "d.created_at DESC, d.id DESC");
  EXPECT_EQ(order("title, deadline_on desc"), "d.title, d.deadline_on DESC NULLS LAST, d.id DESC");
}

// What an index gives in order: first the rows with a date, then those without.
TEST(Order, AKeyThatMayBeAbsentPartsTheList) {
  const auto query = compiled("", "deadline_on desc, title asc");
  ASSERT_EQ(query.stretches.size(), 2u);
  EXPECT_EQ(query.stretches[0].after, "d.deadline_on IS NOT NULL AND true");
  EXPECT_EQ(query.stretches[0].order_by, "d.deadline_on DESC, d.title, d.id");
  EXPECT_EQ(query.stretches[1].after, "d.deadline_on IS NULL");
  EXPECT_EQ(compiled("", "created_at").stretches.size(), 1u);
}

TEST(Order, RefusesWhatIsNotSortable) {
  for (const char* order : {"status", "nope", "title sideways", "title desc desc", "title,",
                            ",title", "title, title desc"}) {
    EXPECT_EQ(refusal({.order_by = order}).field, "order_by") << order;
  }
}

TEST(Page, SizeAndTokenAreChecked) {
  EXPECT_EQ(compiled("").page_size, 50);
  EXPECT_TRUE(compile(spec(), {.page_size = 200}, 1));
  EXPECT_EQ(refusal({.page_size = 201}).field, "page_size");
  EXPECT_EQ(refusal({.page_size = -1}).field, "page_size");
  for (const char* token : {"x", "====", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"}) {
    EXPECT_EQ(refusal({.page_token = token}).code, "bad_page_token") << token;
  }
}

TEST(Page, AConditionThatStandsOnTheIdSaysNothingOfItsType) {
  Spec list = spec();
  list.fields["late"] = {
      .column = list.id_column, .type = FieldType::boolean, .condition = "$? = d.late"};
  PageToken after{.keys = {"2026-11-23", "018f0000-0000-7000-8000-000000000001"}};
  after.digest = compile(list, {}, 1)->digest;

  EXPECT_TRUE(compile(list, {.page_token = after.encode()}, 1).ok());
}

// Pieces of filters and noise in any order: an answer of some kind, and as many parameters as the
// statement has places.
TEST(Filter, AnyBytesGetAnAnswer) {
  const std::string pieces[] = {
      "title", "number",     "created_at", "=",      "!=",   ":",
      " AND ", "\"",         "'",          "\\",     "(",    ")",
      "OR",    "2026-11-23", "\xd1",       "ж",      "-",    "1.5",
      " ",     " NOT ",      "\n",         "member", "true", "*",
      " OR ",  "null",       "today()",    "days(",  "me()", "client.full_name",
      ".",     "<",          ">=",         "\x01",   "AND"};
  std::mt19937 random(7);
  for (int i = 0; i < 200'000; ++i) {
    Request request;
    for (auto left = random() % 12; left > 0; --left) {
      request.filter += pieces[random() % std::size(pieces)];
      request.order_by += left % 5 == 0 ? pieces[random() % std::size(pieces)] : "";
      request.page_token += left % 7 == 0 ? pieces[random() % std::size(pieces)] : "";
    }
    const auto query = compile(spec(), request, 1);
    if (!query) {
      ASSERT_EQ(query.error().fields.size(), 1u);
      continue;
    }
    // No byte of a value gets into the statement.
    ASSERT_THAT(query->where, Not(HasSubstr("ж")));
    ASSERT_THAT(query->where, Not(HasSubstr("\x01")));
    ASSERT_THAT(query->where, Not(HasSubstr("2026")));
    const std::string last = "$" + std::to_string(query->filter_params.size());
    ASSERT_TRUE(last == "$0" || query->where.find(last) != std::string::npos);
    ASSERT_THAT(query->where,
                Not(HasSubstr("$" + std::to_string(query->filter_params.size() + 1))));
  }
}

}  // namespace
}  // namespace bordero::lists
