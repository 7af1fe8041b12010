#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::IsEmpty;

class BatchTest : public CrmTest {
 protected:
  Result<v1::BatchDealsReply> batch(const Person& who, const v1::BatchDealsRequest& request,
                                    const std::string& key = "") {
    return call<v1::BatchDealsReply>(who, "DealService/BatchDeals", request, key);
  }
  Result<v1::BatchClientsReply> batch(const Person& who, const v1::BatchClientsRequest& request) {
    return call<v1::BatchClientsReply>(who, "ClientService/BatchClients", request);
  }
  // The way back that a reply names, as a request.
  template <class Request, class Reply>
  static Request returned(const Reply& reply) {
    Request request;
    *request.mutable_items() = reply.undo();
    return request;
  }
};

v1::BatchDealsRequest postpone(const std::vector<v1::Deal>& deals, const std::string& day) {
  v1::BatchDealsRequest request;
  for (const auto& deal : deals) {
    auto& item = *request.add_items();
    item.set_id(deal.id());
    item.set_version(deal.version());
    item.set_next_review_at(day);
  }
  return request;
}
v1::BatchClientsRequest archive(const std::vector<v1::Client>& clients) {
  v1::BatchClientsRequest request;
  for (const auto& client : clients) {
    auto& item = *request.add_items();
    item.set_id(client.id());
    item.set_archived(true);
  }
  return request;
}

TEST_F(BatchTest, EachDealAnswersForItself) {
  const auto mine = given_deal(agent_, "Моя");
  const auto foreign = given_deal(colleague_, "Чужая");
  auto stale = given_deal(agent_, "Изменённая");
  stale.set_version(7);

  const auto reply = must(batch(agent_, postpone({mine, foreign, stale}, "2031-01-02")));

  ASSERT_EQ(reply.results_size(), 3);
  EXPECT_TRUE(reply.results(0).ok());
  EXPECT_EQ(reply.results(0).deal().next_review_at(), "2031-01-02");
  EXPECT_EQ(reply.results(0).deal().version(), mine.version() + 1);
  EXPECT_FALSE(reply.results(1).ok());
  EXPECT_EQ(reply.results(1).code(), "deal_not_found");
  EXPECT_EQ(reply.results(1).status(), 404);
  EXPECT_FALSE(reply.results(1).has_deal());
  EXPECT_EQ(reply.results(2).code(), "deal_changed");
  EXPECT_EQ(reply.results(2).status(), 412);
  EXPECT_EQ(get_deal(colleague_, foreign.id()).value().next_review_at(), "");
}

TEST_F(BatchTest, ADealBatchIsReturnedAsAWhole) {
  const auto one = given_deal(agent_, "Первая");
  const auto other = given_deal(agent_, "Вторая");
  auto request = postpone({one, other}, "2031-01-02");
  request.mutable_items(0)->set_executor_id(executor_.id);
  request.mutable_items(1)->set_title("Новое имя");
  const auto done = must(batch(agent_, request));
  EXPECT_EQ(done.results(0).deal().executor_id(), executor_.id);
  EXPECT_EQ(done.results(1).deal().title(), "Новое имя");
  EXPECT_TRUE(get_deal(executor_, one.id()).ok());

  const auto back = must(batch(agent_, returned<v1::BatchDealsRequest>(done)));

  for (const auto& result : back.results()) EXPECT_TRUE(result.ok()) << result.code();
  const auto again = must(get_deal(agent_, one.id()));
  EXPECT_EQ(again.next_review_at(), "");
  EXPECT_EQ(again.executor_id(), "");
  EXPECT_EQ(again.members_size(), 1);
  EXPECT_EQ(must(get_deal(agent_, other.id())).title(), "Вторая");
  EXPECT_EQ(get_deal(executor_, one.id()).error().kind, ErrorKind::not_found);
}

TEST_F(BatchTest, ARefusedItemLeavesNoTrace) {
  const auto closed = given_deal(agent_);
  must(transition(agent_, transition_to(closed, v1::DEAL_STATUS_CLOSED, "Передумал")));
  const auto unfit = given_deal(agent_);
  v1::BatchDealsRequest request;
  auto& first = *request.add_items();
  first.set_id(closed.id());
  first.set_title("Другое");
  auto& second = *request.add_items();
  second.set_id(unfit.id());
  second.set_title("Другое");
  second.set_executor_id(finance_.id);
  const int before = events("");

  const auto reply = must(batch(agent_, request));

  EXPECT_EQ(reply.results(0).code(), "deal_is_closed");
  EXPECT_EQ(reply.results(1).code(), "executor_is_agent_or_executor");
  EXPECT_THAT(reply.undo(), IsEmpty());
  EXPECT_EQ(events(""), before);
  EXPECT_EQ(must(get_deal(agent_, unfit.id())).title(), "КАСКО");
}

TEST_F(BatchTest, OnlyTheLeadGivesADealAwayAndCannotTakeItBack) {
  const auto deal = given_deal(agent_);
  must(add_member(agent_, deal.id(), executor_, v1::MEMBER_FUNCTION_EXECUTOR));
  v1::BatchDealsRequest request;
  auto& item = *request.add_items();
  item.set_id(deal.id());
  item.set_lead_agent_id(colleague_.id);

  EXPECT_EQ(must(batch(executor_, request)).results(0).status(), 403);
  const auto given = must(batch(agent_, request));

  EXPECT_TRUE(given.results(0).ok());
  EXPECT_THAT(given.undo(), IsEmpty());
  EXPECT_EQ(must(get_deal(colleague_, deal.id())).lead_agent_id(), colleague_.id);
  EXPECT_EQ(get_deal(agent_, deal.id()).error().kind, ErrorKind::not_found);

  item.set_lead_agent_id(agent_.id);
  EXPECT_EQ(must(batch(admin_, request)).undo_size(), 1);
}

TEST_F(BatchTest, TheSameDealTwiceIsRefusedBeforeAnythingChanges) {
  const auto deal = given_deal(agent_);

  const auto refused = batch(agent_, postpone({deal, deal}, "2031-01-02"));

  EXPECT_EQ(refused.error().fields.at(0).field, "items[1].id");
  EXPECT_EQ(refused.error().fields.at(0).code, "twice_the_same");
  EXPECT_EQ(must(get_deal(agent_, deal.id())).version(), deal.version());
}

TEST_F(BatchTest, AnEmptyBatchAndABadDayNameTheirField) {
  EXPECT_EQ(batch(agent_, v1::BatchDealsRequest()).error().fields.at(0).field, "items");
  const auto deal = given_deal(agent_);

  const auto bad = batch(agent_, postpone({deal}, "31.12.2030"));

  EXPECT_EQ(bad.error().fields.at(0).field, "items[0].next_review_at");
}

TEST_F(BatchTest, ARepeatedBatchAnswersTheSameAndChangesNothing) {
  const auto deal = given_deal(agent_);
  const auto request = postpone({deal}, "2031-01-02");
  const auto first = must(batch(agent_, request, "one-key"));

  const auto second = must(batch(agent_, request, "one-key"));

  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(must(get_deal(agent_, deal.id())).version(), deal.version() + 1);
}

TEST_F(BatchTest, ClientsGoToTheArchiveAndComeBackTogether) {
  const auto one = given_client(agent_, "Орехов Глеб");
  const auto other = given_client(agent_, "Лосева Инна");
  const auto foreign = given_client(colleague_, "Чужов Пётр");

  const auto done = must(batch(agent_, archive({one, other, foreign})));

  EXPECT_TRUE(done.results(0).client().archived());
  EXPECT_EQ(done.results(2).code(), "client_not_found");
  EXPECT_EQ(must(batch(agent_, archive({one}))).results(0).code(), "client_is_archived");

  const auto back = must(batch(agent_, returned<v1::BatchClientsRequest>(done)));
  for (const auto& result : back.results()) EXPECT_FALSE(result.client().archived());
  EXPECT_EQ(back.results_size(), 2);
}

TEST_F(BatchTest, OnlyAnAdminPassesClientsOn) {
  const auto client = given_client(agent_);
  v1::BatchClientsRequest request;
  auto& item = *request.add_items();
  item.set_id(client.id());
  item.set_owner_id(colleague_.id);

  const auto refused = must(batch(agent_, request));
  EXPECT_EQ(refused.results(0).field(), "owner_id");
  EXPECT_EQ(refused.results(0).code(), "admins_only");

  const auto passed = must(batch(admin_, request));
  EXPECT_EQ(passed.results(0).client().owner_id(), colleague_.id);
  EXPECT_EQ(get_client(agent_, client.id()).error().kind, ErrorKind::not_found);
  ASSERT_EQ(passed.undo_size(), 1);
  EXPECT_EQ(passed.undo(0).owner_id(), agent_.id);

  item.set_owner_id(executor_.id);
  const auto unfit = must(batch(admin_, request));
  EXPECT_FALSE(unfit.results(0).ok());
  EXPECT_EQ(unfit.results(0).code(), "owner_is_agent_or_admin");
}

TEST_F(BatchTest, AClientMadeInactiveIsReturnedUnlessOnlyPoliciesMadeItActive) {
  const auto potential = given_client(agent_, "Орехов Глеб");
  const auto active = given_client(agent_, "Лосева Инна");
  database_.execute("UPDATE clients SET status = 'active' WHERE id = '" + active.id() + "'");
  v1::BatchClientsRequest request;
  for (const auto& client : {potential, active}) {
    auto& item = *request.add_items();
    item.set_id(client.id());
    item.set_status(v1::CLIENT_STATUS_INACTIVE);
  }

  const auto done = must(batch(agent_, request));

  EXPECT_TRUE(done.results(0).ok());
  EXPECT_TRUE(done.results(1).ok());
  ASSERT_EQ(done.undo_size(), 1);
  EXPECT_EQ(done.undo(0).id(), potential.id());
}

}  // namespace
}  // namespace bordero::crm
