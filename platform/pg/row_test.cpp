#include <gmock/gmock.h>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/pg/pg_fixture.hpp"

namespace bordero::pg {
namespace {

using ::testing::ElementsAre;

class RowTest : public PgTest {
 protected:
  Row row(const std::string& sql) { return run(one(sql)).at(0); }
  template <class... Args>
  std::string echo(const std::string& type, const Args&... value) {
    return run(echoed("SELECT $1::" + type + " AS v", value...));
  }

 private:
  awaitable<Rows> one(std::string sql) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    const auto rows = co_await tx->query(sql);
    co_return rows;
  }
  template <class... Args>
  awaitable<std::string> echoed(std::string sql, Args... args) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    const auto found = co_await tx->find_one(sql, args...);
    co_return found->is_null("v") ? "NULL" : std::string(found->text("v"));
  }
};

TEST_F(RowTest, ValuesComeAsTheirTypes) {
  const Row r = row(R"sql(
      SELECT 'a b' AS t, 7 AS i, -9000000000::bigint AS l, true AS b, 1.5::float8 AS d,
             date '2026-11-23' AS day, timestamptz '2026-11-23 13:15:30.25+03' AS at,
             '018f4e2a-0000-7000-8000-000000000001'::uuid AS id, '\x00ff'::bytea AS bytes,
             ARRAY['x', 'a,b', '"q"\', '', 'NULL'] AS texts, 'client_decision' AS status,
             NULL AS nothing)sql");

  EXPECT_EQ(r.get<std::string>("t"), "a b");
  EXPECT_EQ(r.get<int>("i"), 7);
  EXPECT_EQ(r.get<std::int64_t>("l"), -9'000'000'000);
  EXPECT_TRUE(r.get<bool>("b"));
  EXPECT_EQ(r.get<double>("d"), 1.5);
  EXPECT_EQ(r.get<Date>("day").str(), "2026-11-23");
  EXPECT_EQ(instant_text(r.get<Instant>("at")), "2026-11-23T10:15:30.250000Z");
  EXPECT_EQ(r.get<Uuid>("id").str(), "018f4e2a-0000-7000-8000-000000000001");
  EXPECT_EQ(r.get<Bytes>("bytes").value, std::string("\x00\xff", 2));
  EXPECT_THAT(r.get<std::vector<std::string>>("texts"),
              ElementsAre("x", "a,b", "\"q\"\\", "", "NULL"));
  EXPECT_EQ(r.get<crm::v1::DealStatus>("status"), crm::v1::DEAL_STATUS_CLIENT_DECISION);
  EXPECT_EQ(r.get<std::optional<int>>("i"), 7);
  EXPECT_EQ(r.get<std::optional<int>>("nothing"), std::nullopt);
  EXPECT_THROW(r.get<int>("nothing"), Broken);
  EXPECT_THROW(r.get<int>("t"), Broken);
  EXPECT_THROW(r.get<int>("absent"), Broken);
}

TEST_F(RowTest, ParametersGoAsTheirTypes) {
  EXPECT_EQ(echo("text", "жук"), "жук");
  EXPECT_EQ(echo("text", nullptr), "NULL");
  EXPECT_EQ(echo("text", std::optional<int>()), "NULL");
  EXPECT_EQ(echo("int", -5), "-5");
  EXPECT_EQ(echo("float8", 0.1), "0.1");
  EXPECT_EQ(echo("boolean", true), "t");
  EXPECT_EQ(echo("date", Date::parse("2024-02-29")), "2024-02-29");
  EXPECT_EQ(echo("timestamptz", parse_instant("2026-11-23T10:15:30.25Z")),
            "2026-11-23 10:15:30.25+00");
  EXPECT_EQ(echo("bytea", Bytes{std::string("\x00\xff", 2)}), "\\x00ff");
  EXPECT_EQ(echo("text[]", std::vector<std::string>{"x", "a,b", "\"\\", ""}),
            R"({x,"a,b","\"\\",""})");
  EXPECT_EQ(echo("text", crm::v1::DEAL_STATUS_CLIENT_DECISION), "client_decision");
  EXPECT_EQ(echo("text", crm::v1::DEAL_STATUS_UNSPECIFIED), "");
}

TEST_F(RowTest, ColumnsFillTheFieldsOfTheirNames) {
  const auto deal = row(R"sql(
      SELECT 'D-1' AS number, 'active' AS status, NULL AS title, date '2026-11-23' AS start_date,
             timestamptz '2026-11-23 10:15:30+00' AS created_at, 4 AS version, 'x' AS no_such_field,
             ARRAY['draft', 'closed'] AS allowed_statuses,
             '[{"kind": "vehicle", "vin": "X1", "year": 2022}, {"title": "дом"}]'::jsonb AS objects,
             '{"date": "2026-12-01", "reason": "next_review"}'::jsonb AS deadline)sql")
                        .to<crm::v1::Deal>();

  EXPECT_EQ(deal.number(), "D-1");
  EXPECT_EQ(deal.status(), crm::v1::DEAL_STATUS_ACTIVE);
  EXPECT_EQ(deal.title(), "");
  EXPECT_EQ(deal.start_date(), "2026-11-23");
  EXPECT_EQ(deal.created_at(), "2026-11-23T10:15:30.000000Z");
  EXPECT_EQ(deal.version(), 4);
  EXPECT_THAT(deal.allowed_statuses(), ElementsAre("draft", "closed"));
  ASSERT_EQ(deal.objects_size(), 2);
  EXPECT_EQ(deal.objects(0).kind(), crm::v1::OBJECT_KIND_VEHICLE);
  EXPECT_EQ(deal.objects(0).year(), 2022);
  EXPECT_EQ(deal.objects(1).title(), "дом");
  EXPECT_EQ(deal.deadline().reason(), "next_review");
}

TEST_F(RowTest, MinorUnitsAndCurrencyFillMoney) {
  const auto object = row("SELECT 123456::bigint AS loan_balance_minor, 'RUB' AS currency")
                          .to<crm::v1::InsuredObject>();

  EXPECT_EQ(object.loan_balance().amount_minor(), 123456);
  EXPECT_EQ(object.loan_balance().currency(), "RUB");
}

TEST_F(RowTest, WhatDoesNotFitIsOurFault) {
  EXPECT_THROW(row("SELECT 'flying' AS status").to<crm::v1::Deal>(), Broken);
  EXPECT_THROW(row("SELECT 'x' AS version").to<crm::v1::Deal>(), Broken);
  EXPECT_THROW(row("SELECT 'x' AS deadline").to<crm::v1::Deal>(), Broken);
}

TEST_F(RowTest, ANulCharacterIsRefusedNotCut) {
  EXPECT_THROW(echo("text", std::string("a\0b", 3)), SqlError);
  EXPECT_EQ(echo("text", "after it"), "after it");
}

}  // namespace
}  // namespace bordero::pg
