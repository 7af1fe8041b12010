#include "platform/lists/grouping.hpp"

#include <gmock/gmock.h>

#include "platform/lists/list_page.hpp"
#include "platform/pg/pg_fixture.hpp"

namespace bordero::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Spec& spec() {
  static const Spec bills = {
      .resource = "bills",
      .fields = {{"id", {.column = "b.id", .type = FieldType::number, .groupable = true}},
                 {"payer", {.column = "b.payer", .groupable = true}},
                 {"due_on", {.column = "b.due_on", .type = FieldType::date, .groupable = true}},
                 {"made_at",
                  {.column = "b.made_at", .type = FieldType::instant, .groupable = true}},
                 {"note", {.column = "b.note"}}},
      .default_order = "",
      .id_column = "b.id",
      .id_type = FieldType::number,
      .sums = {{"amount", "b.amount_minor"}, {"fee", "b.fee_minor"}},
      .currency = "b.currency"};
  return bills;
}

class GroupingTest : public pg::PgTest {
 protected:
  void SetUp() override {
    PgTest::SetUp();
    fresh_.execute(R"sql(
        CREATE TABLE bills (id integer, payer text, due_on date, made_at timestamptz, note text,
                            amount_minor bigint, fee_minor bigint, currency text);
        INSERT INTO bills VALUES
          (1, 'анна', '2026-11-30', '2026-11-30 22:00+00', '', 100, 1, 'RUB'),
          (2, 'анна', '2026-11-01', '2026-11-30 20:59+00', '', 50, NULL, 'RUB'),
          (3, 'анна', '2027-01-01', '2026-12-01 00:00+00', '', 7, NULL, 'USD'),
          (4, '',     NULL,         '2026-12-01 00:00+00', '', NULL, NULL, 'RUB'),
          (5, NULL,   NULL,         '2026-12-01 00:00+00', '', 10, NULL, 'RUB');
        GRANT SELECT ON bills TO pgtest_test)sql");
  }

  awaitable<std::optional<Result<ListPage>>> reading(Request request) {
    Context ctx = context();
    auto tx = co_await db_->read(ctx);
    ListSource source{.columns = "b.id", .from = "bills b"};
    co_return co_await read_page(*tx, spec(), request, std::move(source));
  }
  Result<ListPage> read(Request request) { return *run(reading(std::move(request))); }
  // "2026-11 2 amount 150 RUB fee 1 RUB"
  static std::string shown(const std::string& head,
                           const google::protobuf::RepeatedPtrField<common::v1::Sum>& sums) {
    std::string text = head;
    for (const auto& sum : sums) {
      text += " " + sum.field() + " " + std::to_string(sum.amount().amount_minor()) + " " +
              sum.amount().currency();
    }
    return text;
  }
  std::vector<std::string> groups(const std::string& group_by, const std::string& filter = "") {
    const auto page = read({.filter = filter, .group_by = group_by});
    std::vector<std::string> all;
    for (const auto& group : page.value().groups) {
      all.push_back(shown(group.value() + " " + std::to_string(group.count()), group.sums()));
    }
    return all;
  }
};

TEST_F(GroupingTest, CountsAndAddsUpByCurrency) {
  EXPECT_THAT(groups("payer"),
              ElementsAre(" 2 amount 10 RUB", "анна 3 amount 150 RUB fee 1 RUB amount 7 USD"));
  EXPECT_THAT(groups("payer", "due_on:*"),
              ElementsAre("анна 3 amount 150 RUB fee 1 RUB amount 7 USD"));
  EXPECT_THAT(groups(""), IsEmpty());
}

TEST_F(GroupingTest, DatesByDayMonthAndYear) {
  EXPECT_THAT(groups("due_on.month"),
              ElementsAre(" 2 amount 10 RUB", "2026-11 2 amount 150 RUB fee 1 RUB",
                          "2027-01 1 amount 7 USD"));
  EXPECT_THAT(groups("due_on.year", "id = 1"), ElementsAre("2026 1 amount 100 RUB fee 1 RUB"));
  EXPECT_THAT(groups("due_on", "id = 1"), ElementsAre("2026-11-30 1 amount 100 RUB fee 1 RUB"));
  // Twenty-two hours in Greenwich is the next day in Moscow.
  EXPECT_THAT(groups("made_at", "id = (1 OR 2)"),
              ElementsAre("2026-11-30 1 amount 50 RUB", "2026-12-01 1 amount 100 RUB fee 1 RUB"));
}

TEST_F(GroupingTest, AllGroupsTogetherAreTheWhole) {
  const auto page = read({.page_size = 1, .group_by = "payer"});
  google::protobuf::RepeatedPtrField<common::v1::Sum> sums(page->sums.begin(), page->sums.end());

  EXPECT_EQ(shown("all", sums), "all amount 160 RUB fee 1 RUB amount 7 USD");
  EXPECT_EQ(page->rows.size(), 1u);
  EXPECT_EQ(page->total.size, 5);
}

TEST_F(GroupingTest, RefusesOtherFieldsAndTooManyGroups) {
  for (const char* group_by : {"note", "nope", "payer.month", "due_on.week", ".month", "id.year"}) {
    const auto page = read({.group_by = group_by});
    ASSERT_FALSE(page) << group_by;
    EXPECT_EQ(page.error().fields.at(0).field, "group_by");
    EXPECT_EQ(page.error().fields.at(0).code, "unknown_field");
  }
  fresh_.execute(
      "INSERT INTO bills SELECT i, '', NULL, now(), '', 1, 1, 'RUB' "
      "FROM generate_series(10, 4000) i");
  EXPECT_TRUE(read({.group_by = "id"}).ok()) << "as many as an agency has people";
  fresh_.execute(
      "INSERT INTO bills SELECT i, '', NULL, now(), '', 1, 1, 'RUB' "
      "FROM generate_series(4001, 5010) i");
  EXPECT_EQ(read({.group_by = "id"}).error().fields.at(0).code, "too_many_groups");
}

}  // namespace
}  // namespace bordero::lists
