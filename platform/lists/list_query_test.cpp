#include "platform/lists/list_query.hpp"

#include <gmock/gmock.h>

#include <random>

namespace bordero::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Spec& spec() {
  static const Spec deals = {
      .resource = "deals",
      .fields =
          {{"title", {.column = "d.title", .sortable = true}},
           {"number", {.column = "d.number", .type = FieldType::number}},
           {"urgent", {.column = "d.urgent", .type = FieldType::boolean}},
           {"status",
            {.column = "d.status", .type = FieldType::keyword, .keywords = {"draft", "active"}}},
           {"client_id", {.column = "d.client_id", .type = FieldType::uuid}},
           {"starts_on", {.column = "d.starts_on", .type = FieldType::date}},
           {"deadline_on",
            {.column = "d.deadline_on",
             .type = FieldType::date,
             .sortable = true,
             .nullable = true}},
           {"created_at", {.column = "d.created_at", .type = FieldType::instant, .sortable = true}},
           {"member_id",
            {.type = FieldType::uuid,
             .condition = "EXISTS (SELECT 1 FROM m WHERE m.deal = d.id AND m.who = $?)"}}},
      .default_order = "deadline_on",
      .id_column = "d.id"};
  return deals;
}

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
  EXPECT_EQ(compiled("status != draft").where, "d.status IS DISTINCT FROM $3::text");
  EXPECT_EQ(compiled("urgent : true").where, "d.urgent = $3::boolean");
  EXPECT_EQ(compiled("number < -1.5").where, "d.number < $3::numeric");
  EXPECT_EQ(compiled("title : '50%_'").filter_params.at(0), "%50\\%\\_%");
  EXPECT_EQ(compiled("deadline_on = ''").where, "d.deadline_on IS NULL");
  EXPECT_EQ(compiled("created_at > 2026-11-23T10:00:00+03:00").filter_params.at(0),
            "2026-11-23T07:00:00.000000Z");
  EXPECT_THAT(compiled("created_at <= 2026-11-23").where, HasSubstr("'Europe/Moscow'"));
  EXPECT_EQ(compiled("member_id != 018f4e2a-0000-7000-8000-000000000001").where,
            "NOT (EXISTS (SELECT 1 FROM m WHERE m.deal = d.id AND m.who = $3::uuid))");
}

TEST(Filter, BadSyntaxPointsAtItsColumn) {
  const std::pair<const char*, const char*> cases[] = {
      {"title", "column 6:"},
      {"title = ", "column 9:"},
      {"title = 'ж' OR urgent = true", "column 13:"},
      {"(title = a)", "column 1:"},
      {"title = \"abc", "column 9:"},
      {"title = a AND", "column 14:"},
      {"title ~ a", "column 7:"},
      {"NOT urgent = true", "column 1:"},
      {"title = a b = c", "column 11:"},
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
  for (int i = 1; i < 20; ++i) many += " AND number = 1";
  EXPECT_TRUE(compile(spec(), {.filter = many}, 1));
  EXPECT_EQ(refusal({.filter = many + " AND number = 1"}).code, "too_many_terms");
  EXPECT_TRUE(compile(spec(), {.filter = "title = " + std::string(2040, 'x')}, 1));
  EXPECT_EQ(refusal({.filter = "title = " + std::string(2041, 'x')}).code, "filter_too_long");
  EXPECT_EQ(refusal({.filter = "title = '\xff'"}).code, "bad_filter");
  EXPECT_EQ(refusal({.filter = std::string("title = 'a\0b'", 13)}).code, "bad_filter");
  EXPECT_EQ(refusal({.filter = std::string(2000, '(')}).code, "bad_filter");
}

TEST(Order, TheUniqueKeyFollowsTheLastDirection) {
  EXPECT_EQ(compiled("").order_by, "d.deadline_on, d.id");
  EXPECT_EQ(compiled("", "created_at desc").order_by, "d.created_at DESC, d.id DESC");
  EXPECT_EQ(compiled("", "deadline_on desc, title asc").order_by,
            "d.deadline_on DESC NULLS LAST, d.title, d.id");
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

// Pieces of filters and noise in any order: an answer of some kind, and as many parameters as the
// statement has places.
TEST(Filter, AnyBytesGetAnAnswer) {
  const std::string pieces[] = {"title",  "number", "created_at", "=",   "!=", ":",    " AND ",
                                "\"",     "'",      "\\",         "(",   ")",  "OR",   "2026-11-23",
                                "\xd1",   "ж",      "-",          "1.5", " ",  "NOT",  "\n",
                                "member", "true",   ".",          "<",   ">=", "\x01", "AND"};
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
    const std::string last = "$" + std::to_string(query->filter_params.size());
    ASSERT_TRUE(last == "$0" || query->where.find(last) != std::string::npos);
    ASSERT_THAT(query->where,
                Not(HasSubstr("$" + std::to_string(query->filter_params.size() + 1))));
  }
}

}  // namespace
}  // namespace bordero::lists
