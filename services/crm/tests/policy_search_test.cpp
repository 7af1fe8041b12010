#include "services/crm/tests/policy_fixture.hpp"

namespace bordero::crm {
namespace {

TEST_F(PolicyTest, TheSearchFindsItByItsNumberForWhoSeesIt) {
  auto request = policy_request();
  request.set_number("ХХХ 0451299871");
  const auto policy = must(create(agent_, request));
  const auto found = [&](const Person& who, const std::string& typed) {
    v1::SearchRequest asked;
    asked.set_q(typed);
    std::vector<std::string> ids;
    const auto reply = must(call<v1::SearchReply>(who, "SearchService/Search", asked));
    for (const auto& hit : reply.results()) {
      if (hit.kind() == "policy") ids.push_back(hit.id());
    }
    return ids;
  };

  for (const Person* who : {&agent_, &finance_, &head_, &admin_}) {
    for (const char* typed : {"ХХХ 0451299871", "xxx-0451", "0451299871", "04512 998"}) {
      EXPECT_THAT(found(*who, typed), ::testing::ElementsAre(policy.id())) << typed;
    }
    for (const char* typed : {"045", "1299871", "х0451299871"}) {
      EXPECT_THAT(found(*who, typed), ::testing::IsEmpty()) << typed;
    }
  }
  EXPECT_THAT(found(colleague_, "0451299871"), ::testing::IsEmpty());
}

}  // namespace
}  // namespace bordero::crm
