#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(CrmTest, LeavingEndsAccessAtOnce) {
  const auto deal = given_deal(agent_);
  must(add_member(agent_, deal.id(), colleague_));
  EXPECT_TRUE(get_deal(colleague_, deal.id()).ok());
  EXPECT_TRUE(get_client(colleague_, deal.client_id()).ok());
  EXPECT_THAT(search(colleague_, "каско"), ElementsAre(deal.id()));

  must(remove_member(agent_, deal.id(), colleague_));

  EXPECT_EQ(get_deal(colleague_, deal.id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(get_client(colleague_, deal.client_id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(list_deals(colleague_).total_size(), 0);
  EXPECT_THAT(search(colleague_, "каско"), IsEmpty());
}

TEST_F(CrmTest, TeamChangesRaiseTheAccessVersion) {
  const auto deal = given_deal(agent_);
  redis::Client redis(io_.get_executor(), redis_url_);
  const auto version = [&] {
    const std::vector<std::string> get = {"GET", "acl:" + colleague_.id};
    for (int tries = 0; tries < 500; ++tries) {
      auto reply = run(redis.command(get));
      if (reply) return reply->is_nil() ? 0 : std::stoi(reply->text);
      io_.restart();
      io_.run_for(std::chrono::milliseconds(10));  // The connection is still being made.
    }
    return -1;
  };
  const int before = version();

  must(add_member(agent_, deal.id(), colleague_));
  EXPECT_EQ(version(), before + 1);
  must(remove_member(agent_, deal.id(), colleague_));
  EXPECT_EQ(version(), before + 2);
}

TEST_F(CrmTest, WhoLeftADealIsNotedUntilTheyAreBack) {
  const auto deal = given_deal(agent_);
  redis::Client redis(io_.get_executor(), redis_url_);
  const auto noted = [&] {
    const std::vector<std::string> members = {"SMEMBERS", "left:" + colleague_.id};
    for (int tries = 0; tries < 500; ++tries) {
      const auto reply = run(redis.command(members));
      if (reply) return reply->items.size();
      io_.restart();
      io_.run_for(std::chrono::milliseconds(10));  // The connection is still being made.
    }
    return std::size_t(99);
  };

  must(add_member(agent_, deal.id(), colleague_));
  EXPECT_EQ(noted(), 0);
  must(remove_member(agent_, deal.id(), colleague_));
  EXPECT_EQ(noted(), 1);
  must(add_member(agent_, deal.id(), colleague_));
  EXPECT_EQ(noted(), 0);
}

TEST_F(CrmTest, FunctionsAreForRoles) {
  const auto deal = given_deal(agent_);
  const auto refusal = [&](const Person& person, v1::MemberFunction function) {
    const auto added = add_member(agent_, deal.id(), person, function);
    return added ? "" : added.error().reason;
  };

  EXPECT_EQ(refusal(executor_, v1::MEMBER_FUNCTION_LEAD_AGENT), "lead_is_agent_or_admin");
  EXPECT_EQ(refusal(finance_, v1::MEMBER_FUNCTION_EXECUTOR), "executor_is_agent_or_executor");
  EXPECT_EQ(refusal(agent_, v1::MEMBER_FUNCTION_FINANCE_CONTROLLER), "controller_is_from_finance");
  Person blocked;
  given_user(blocked, "", "blocked");
  EXPECT_EQ(refusal(blocked, v1::MEMBER_FUNCTION_PARTICIPANT), "user_not_active");
  EXPECT_EQ(refusal(finance_, v1::MEMBER_FUNCTION_FINANCE_CONTROLLER), "");
  EXPECT_EQ(refusal(executor_, v1::MEMBER_FUNCTION_EXECUTOR), "");
}

TEST_F(CrmTest, NewLeadReplacesTheOldWhoLosesTheDeal) {
  const auto deal = given_deal(agent_);

  const auto handed =
      must(add_member(agent_, deal.id(), colleague_, v1::MEMBER_FUNCTION_LEAD_AGENT));

  EXPECT_EQ(handed.lead_agent_id(), colleague_.id);
  EXPECT_EQ(handed.members_size(), 1);
  EXPECT_EQ(get_deal(agent_, deal.id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(remove_member(colleague_, deal.id(), colleague_).error().reason,
            "lead_is_only_replaced");
}

TEST_F(CrmTest, ListsRunInKeysetPagesByDeadline) {
  const auto client = given_client(agent_);
  for (int i = 0; i < 7; ++i) {
    v1::CreateDealRequest request;
    request.set_client_id(client.id());
    request.set_title("deal " + std::to_string(i));
    if (i % 3 != 0) request.set_next_review_at(clock::today().plus_days(10 - i).str());
    must(call<v1::Deal>(agent_, "DealService/CreateDeal", request));
  }

  for (const Person* who : {&agent_, &admin_}) {
    std::vector<std::string> dates;
    std::string token;
    do {
      const auto page = list_deals(*who, "", token, 2);
      EXPECT_EQ(page.total_size(), 7);
      for (const auto& deal : page.deals()) dates.push_back(deal.deadline().date());
      token = page.next_page_token();
    } while (!token.empty());

    ASSERT_EQ(dates.size(), 7u);
    EXPECT_TRUE(std::is_sorted(dates.begin(), dates.begin() + 4));
    EXPECT_THAT(std::vector<std::string>(dates.begin() + 4, dates.end()), ElementsAre("", "", ""));
  }
}

TEST_F(CrmTest, ListFiltersGroupsAndSearches) {
  auto deal = given_deal(agent_, "КАСКО Mazda");
  given_deal(agent_, "ДМС сотрудников");
  must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "sold")));

  for (const Person* who : {&agent_, &head_}) {
    EXPECT_EQ(list_deals(*who, "status = \"closed\"").deals_size(), 1);
    EXPECT_EQ(list_deals(*who, "member_id = \"" + agent_.id + "\"").deals_size(), 2);
    EXPECT_EQ(list_deals(*who, "member_id = \"" + executor_.id + "\"").deals_size(), 0);
    v1::ListDealsRequest request;
    request.set_group_by("status");
    const auto grouped = must(call<v1::ListDealsReply>(*who, "DealService/ListDeals", request));
    EXPECT_EQ(grouped.groups_size(), 2);
    request.set_group_by("title");
    EXPECT_FALSE(call<v1::ListDealsReply>(*who, "DealService/ListDeals", request).ok());
    request.clear_group_by();
    request.set_q("mazda");
    const auto found = must(call<v1::ListDealsReply>(*who, "DealService/ListDeals", request));
    EXPECT_EQ(found.deals_size(), 1);
    EXPECT_EQ(found.total_size(), 1);
  }
}

}  // namespace
}  // namespace bordero::crm
