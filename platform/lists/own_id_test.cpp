#include "platform/lists/list_query_fixture.hpp"

#include <gtest/gtest.h>

namespace bordero::lists {
namespace {

TEST(Filter, EveryListIsFilteredByTheIdsOfItsRecords) {
  const std::string one = "018f0000-0000-7000-8000-000000000001";
  const auto chosen = compile(spec(), {.filter = "id = (" + one + " OR " + one + ")"}, 3);
  ASSERT_TRUE(chosen.ok());
  EXPECT_EQ(chosen->where, "(d.id = ANY($3::uuid[]))");
  EXPECT_EQ(compile(spec(), {.filter = "id = 5"}, 1).error().fields.at(0).code, "not_a_uuid");

  Spec versions = spec();
  versions.id_type = FieldType::number;
  EXPECT_EQ(compile(versions, {.filter = "id = 5"}, 1).error().fields.at(0).code, "unknown_field");
}

}  // namespace
}  // namespace bordero::lists
