#include <algorithm>

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

TEST_F(PolicyTest, ListsFindByNumberAndByWordsOfTheDeal) {
  auto request = policy_request();
  request.set_number("КСК-2");
  must(create(agent_, request));
  v1::ListPoliciesRequest words;
  for (const Person* who : {&agent_, &admin_}) {
    for (const std::string& typed : {std::string("кск-2"), deal_.title()}) {
      words.set_q(typed);
      EXPECT_GE(must(call<v1::ListPoliciesReply>(*who, "PolicyService/ListPolicies", words))
                    .policies_size(),
                1)
          << typed;
    }
    words.set_q("кск-3");
    EXPECT_EQ(must(call<v1::ListPoliciesReply>(*who, "PolicyService/ListPolicies", words))
                  .policies_size(),
              0);
  }
}

TEST_F(PolicyTest, NumbersAreFoundInTheOrderOfTheListPageByPage) {
  std::vector<std::string> made;
  for (const char* number : {"ЯЯЯ-26-3", "ЯЯЯ-26-1", "ЯЯЯ-26-2"}) {
    auto request = policy_request();
    request.set_number(number);
    made.push_back(must(create(agent_, request)).id());
  }
  auto other = policy_request();
  other.set_number("ЯЯ-26-1");
  must(create(agent_, other));
  std::sort(made.begin(), made.end());  // They end on one day.

  for (const Person* who : {&agent_, &head_}) {
    std::vector<std::string> found;
    v1::ListPoliciesRequest request;
    request.set_q("яяя-26");
    request.set_filter("status = draft");
    request.set_page_size(2);
    do {
      const auto page =
          must(call<v1::ListPoliciesReply>(*who, "PolicyService/ListPolicies", request));
      EXPECT_EQ(page.total_size(), 3);
      for (const auto& policy : page.policies()) {
        found.push_back(policy.id());
        EXPECT_EQ(policy.client_name(), must(get(*who, policy.id())).client_name());
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(found, made);
  }
}

TEST_F(PolicyTest, ListsFindByWordsThatThousandsOfDealsHave) {
  must(create(agent_, policy_request()));
  const std::string word = "'''wмногие'''::tsvector";
  database_.execute("UPDATE deal_search SET words = words || " + word + " WHERE deal_id = '" +
                    deal_.id() + "'");
  database_.execute("ALTER TABLE deal_search DROP CONSTRAINT deal_search_deal_id_fkey");
  database_.execute("INSERT INTO deal_search (deal_id, words) SELECT gen_random_uuid(), " + word +
                    " FROM generate_series(1, 5000)");

  for (const Person* who : {&agent_, &head_}) {
    v1::ListPoliciesRequest policies;
    policies.set_q("многие");
    EXPECT_EQ(must(call<v1::ListPoliciesReply>(*who, "PolicyService/ListPolicies", policies))
                  .policies_size(),
              1);
    v1::ListDealsRequest deals;
    deals.set_q("многие");
    EXPECT_EQ(must(call<v1::ListDealsReply>(*who, "DealService/ListDeals", deals)).deals_size(), 1);
  }
}

}  // namespace
}  // namespace bordero::crm
