#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(CrmTest, DealIsNumberedAndLedByItsMaker) {
  const auto deal = given_deal(agent_);

  EXPECT_EQ(deal.number(), std::to_string(clock::today().year()) + "-000001");
  EXPECT_EQ(deal.lead_agent_id(), agent_.id);
  EXPECT_EQ(deal.status(), v1::DEAL_STATUS_DRAFT);
  EXPECT_EQ(deal.version(), 1);
  EXPECT_EQ(deal.members_size(), 1);
  EXPECT_THAT(deal.allowed_statuses(), ElementsAre("calculation", "closed"));
  EXPECT_EQ(events("crm.deal.created"), 1);
}

TEST_F(CrmTest, RolesSeeWhatTheyShould) {
  const auto deal = given_deal(agent_);

  for (const Person* sees : {&agent_, &finance_, &head_, &admin_}) {
    EXPECT_TRUE(get_deal(*sees, deal.id()).ok());
    EXPECT_TRUE(get_client(*sees, deal.client_id()).ok());
    EXPECT_EQ(list_deals(*sees).deals_size(), 1);
    EXPECT_THAT(search(*sees, "каско"), ElementsAre(deal.id()));
  }
  for (const Person* hidden : {&colleague_, &executor_}) {
    EXPECT_EQ(get_deal(*hidden, deal.id()).error().reason, "deal_not_found");
    EXPECT_EQ(get_client(*hidden, deal.client_id()).error().reason, "client_not_found");
    EXPECT_EQ(list_deals(*hidden).total_size(), 0);
    EXPECT_THAT(search(*hidden, "каско"), IsEmpty());
  }
}

TEST_F(CrmTest, WhoSeesMayNotAlwaysChange) {
  const auto deal = given_deal(agent_);
  const auto close = transition_to(deal, v1::DEAL_STATUS_CLOSED, "sold");

  EXPECT_EQ(transition(head_, close).error().reason, "role_not_allowed");
  EXPECT_EQ(transition(finance_, close).error().reason, "role_not_allowed");
  EXPECT_EQ(transition(colleague_, close).error().reason, "deal_not_found");
  EXPECT_TRUE(transition(admin_, close).ok());
}

TEST_F(CrmTest, ExecutorJoinsWithTheStepAndSeesTheDeal) {
  const auto deal = given_deal(agent_);
  auto request = transition_to(deal, v1::DEAL_STATUS_CALCULATION);
  EXPECT_EQ(transition(agent_, request).error().reason, "deal_has_no_executor");

  request.set_executor_id(executor_.id);
  const auto moved = must(transition(agent_, request));

  EXPECT_EQ(moved.status(), v1::DEAL_STATUS_CALCULATION);
  EXPECT_EQ(moved.executor_id(), executor_.id);
  EXPECT_EQ(moved.version(), 2);
  EXPECT_TRUE(get_deal(executor_, deal.id()).ok());
  EXPECT_EQ(events("crm.deal.team_changed"), 1);
  EXPECT_EQ(events("crm.deal.status_changed"), 1);
}

TEST_F(CrmTest, MemberWithoutTheTeamRightCannotBringAnExecutor) {
  const auto deal = given_deal(agent_);
  must(add_member(agent_, deal.id(), colleague_));
  auto request = transition_to(must(get_deal(agent_, deal.id())), v1::DEAL_STATUS_CALCULATION);
  request.set_executor_id(executor_.id);

  EXPECT_EQ(transition(colleague_, request).error().reason, "not_allowed");
}

TEST_F(CrmTest, ConditionsOfLaterSlicesRefuse) {
  auto request = transition_to(given_deal(agent_), v1::DEAL_STATUS_CALCULATION);
  request.set_executor_id(executor_.id);
  const auto deal = must(transition(agent_, request));

  const auto ready = transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLIENT_DECISION));
  const auto active = transition(agent_, transition_to(deal, v1::DEAL_STATUS_ACTIVE));

  EXPECT_EQ(ready.error().reason, "deal_has_no_ready_calculation");
  EXPECT_THAT(ready.error().allowed, ElementsAre("closed"));
  EXPECT_EQ(active.error().reason, "deal_active_is_automatic");
}

TEST_F(CrmTest, ClosingKeepsTheReasonAndEndsTheDeadline) {
  auto deal = given_deal(agent_);
  v1::UpdateDealRequest review;
  review.set_deal_id(deal.id());
  review.set_version(deal.version());
  review.set_next_review_at(clock::today().plus_days(1).str());
  review.mutable_update_mask()->add_paths("next_review_at");
  deal = must(call<v1::Deal>(agent_, "DealService/UpdateDeal", review));
  EXPECT_EQ(deal.deadline().reason(), "next_review");
  EXPECT_EQ(deal.deadline().assignee_id(), agent_.id);

  const auto closed =
      must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "Машина продана")));

  EXPECT_EQ(closed.lost_reason(), "Машина продана");
  EXPECT_FALSE(closed.has_deadline());
  EXPECT_THAT(closed.allowed_statuses(), IsEmpty());
  EXPECT_EQ(events("crm.deal.closed"), 1);
  review.set_version(closed.version());
  EXPECT_EQ(call<v1::Deal>(agent_, "DealService/UpdateDeal", review).error().reason,
            "deal_is_closed");
}

TEST_F(CrmTest, OfTwoTransitionsAtOnceOneWins) {
  const auto deal = given_deal(agent_);
  const auto one = transition_to(deal, v1::DEAL_STATUS_CLOSED, "one");
  const auto other = transition_to(deal, v1::DEAL_STATUS_CLOSED, "other");
  std::vector<awaitable<rpc::AnyReply>> both;
  both.push_back(ask(agent_, "DealService/TransitionDeal", one));
  both.push_back(ask(admin_, "DealService/TransitionDeal", other));

  const auto answers = run_all(std::move(both));

  EXPECT_EQ(answers[0].ok() + answers[1].ok(), 1);
  const auto& lost = answers[0].ok() ? answers[1] : answers[0];
  EXPECT_EQ(lost.error().kind, ErrorKind::stale);
  EXPECT_EQ(lost.error().current_version, 2);
  EXPECT_EQ(events("crm.deal.closed"), 1);
}

TEST_F(CrmTest, VersionIsRequiredAndCompared) {
  auto deal = given_deal(agent_);
  deal.set_version(0);
  EXPECT_EQ(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "x")).error().kind,
            ErrorKind::version_required);
  deal.set_version(7);
  EXPECT_EQ(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "x")).error().kind,
            ErrorKind::stale);
}

TEST_F(CrmTest, SameKeyMakesOneDeal) {
  v1::CreateDealRequest request;
  request.set_client_id(given_client(agent_).id());
  request.set_title("ОСАГО");

  const auto first = must(call<v1::Deal>(agent_, "DealService/CreateDeal", request, "key-1"));
  const auto again = must(call<v1::Deal>(agent_, "DealService/CreateDeal", request, "key-1"));
  request.set_title("Другое");
  const auto other = call<v1::Deal>(agent_, "DealService/CreateDeal", request, "key-1");

  EXPECT_EQ(first.id(), again.id());
  EXPECT_EQ(other.error().kind, ErrorKind::mismatch);
  EXPECT_EQ(list_deals(agent_).total_size(), 1);
}

TEST_F(CrmTest, RepeatIsNotShownToWhoLeft) {
  const auto deal = given_deal(agent_);
  v1::AddJournalEntryRequest entry;
  entry.set_deal_id(deal.id());
  entry.set_text("note");
  must(add_member(agent_, deal.id(), colleague_));
  must(call<v1::JournalEntry>(colleague_, "JournalService/AddJournalEntry", entry, "k"));
  must(remove_member(agent_, deal.id(), colleague_));

  const auto repeated =
      call<v1::JournalEntry>(colleague_, "JournalService/AddJournalEntry", entry, "k");

  EXPECT_EQ(repeated.error().reason, "deal_not_found");
}

TEST_F(CrmTest, CreatesAtOnceGetDifferentNumbers) {
  const auto client = given_client(agent_);
  v1::CreateDealRequest request;
  request.set_client_id(client.id());
  request.set_title("ДМС");
  std::vector<awaitable<rpc::AnyReply>> many;
  for (int i = 0; i < 8; ++i) many.push_back(ask(agent_, "DealService/CreateDeal", request));

  const auto answers = run_all(std::move(many));

  std::set<std::string> numbers;
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer.ok()) << answer.error().reason;
    numbers.insert(static_cast<const v1::Deal&>(*answer->message).number());
  }
  EXPECT_EQ(numbers.size(), 8u);
}

TEST_F(CrmTest, ContinuedDealCopiesClientObjectsAndTeam) {
  auto request = transition_to(given_deal(agent_), v1::DEAL_STATUS_CALCULATION);
  request.set_executor_id(executor_.id);
  auto deal = must(transition(agent_, request));
  v1::ContinueDealRequest onward;
  onward.set_deal_id(deal.id());
  EXPECT_EQ(call<v1::Deal>(agent_, "DealService/ContinueDeal", onward).error().reason,
            "deal_is_open");
  must(transition(agent_, transition_to(deal, v1::DEAL_STATUS_CLOSED, "year is over")));

  const auto next = must(call<v1::Deal>(agent_, "DealService/ContinueDeal", onward));

  EXPECT_EQ(next.continued_from_id(), deal.id());
  EXPECT_EQ(next.client_id(), deal.client_id());
  EXPECT_EQ(next.executor_id(), executor_.id);
  EXPECT_EQ(next.status(), v1::DEAL_STATUS_DRAFT);
  EXPECT_NE(next.number(), deal.number());
}

}  // namespace
}  // namespace bordero::crm
