#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/lists/list_query_fixture.hpp"

namespace bordero::lists {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kTeam = {"018f4e2a-0000-7000-8000-000000000001",
                                        "018f4e2a-0000-7000-8000-000000000002"};
const std::string kTeamParam = "{\"" + kTeam[0] + "\",\"" + kTeam[1] + "\"}";

Query compiled(const std::string& filter) {
  auto query = compile(spec(), {.filter = filter, .me = kTeam[0], .team = kTeam}, 2);
  ensure(query.ok(), "the filter is well-formed");
  return std::move(query).value();
}
FieldError refusal(const std::string& filter, Request request = {.team = kTeam}) {
  request.filter = filter;
  return compile(spec(), request, 1).error().fields.at(0);
}

TEST(TeamFilter, IsAnyOfItsPeople) {
  const Query lead = compiled("lead_id = my_team()");
  EXPECT_EQ(lead.where, "d.lead_id = ANY($2::uuid[])");
  EXPECT_THAT(lead.filter_params, ElementsAre(pg::to_param(kTeam)));

  EXPECT_EQ(compiled("lead_id : my_team()").where, lead.where);
  EXPECT_EQ(compiled("lead_id != my_team()").where, "(d.lead_id = ANY($2::uuid[])) IS NOT TRUE");
  EXPECT_EQ(compiled("member_id = my_team()").where,
            "(EXISTS (SELECT 1 FROM m WHERE m.deal = d.id AND m.who = ANY($2::uuid[])))");
}

TEST(TeamFilter, StandsAmongOtherPeople) {
  const Query query = compiled("lead_id = (my_team() OR " + kTeam[1] + " OR me())");

  EXPECT_EQ(query.where, "(d.lead_id = ANY($2::uuid[]) OR d.lead_id = ANY($3::uuid[]))");
  EXPECT_EQ(query.filter_params.size(), 2U);
}

TEST(TeamFilter, OfNobodyFindsNothing) {
  const auto query = compile(spec(), {.filter = "lead_id = my_team()", .team = {{}}}, 1);

  ASSERT_TRUE(query);
  EXPECT_THAT(query->filter_params, ElementsAre("{}"));
}

TEST(TeamFilter, IsRefusedWhereItMeansNothing) {
  const Request without_deals;
  const FieldError refused = refusal("title = a AND lead_id = my_team()", without_deals);
  EXPECT_EQ(refused.field, "filter");
  EXPECT_EQ(refused.code, "wrong_function");
  EXPECT_THAT(refused.detail, AllOf(HasSubstr("column 25:"), HasSubstr("lead_id")));

  EXPECT_THAT(refusal("client_id = my_team()").detail, HasSubstr("client_id"));
  for (const char* field : {"title", "number", "urgent", "status", "starts_on", "created_at"}) {
    EXPECT_EQ(refusal(std::string(field) + " = my_team()").code, "wrong_function") << field;
  }
  EXPECT_EQ(refusal("client.full_name = my_team()").code, "wrong_function");
  EXPECT_EQ(refusal("title = (a OR my_team())").code, "wrong_function");
  EXPECT_EQ(refusal("lead_id = my_team(1)").code, "wrong_argument");
  EXPECT_EQ(refusal("lead_id > my_team()").code, "wrong_operator");
}

}  // namespace
}  // namespace bordero::lists
