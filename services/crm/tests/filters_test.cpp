#include "services/crm/tests/crm_fixture.hpp"

// Lists of CRM take the whole grammar of filters, and everybody finds only what they may see.
namespace bordero::crm {
namespace {

using ::testing::HasSubstr;

class FiltersTest : public CrmTest {
 protected:
  int deals(const Person& who, const std::string& filter) {
    return list_deals(who, filter).total_size();
  }
  v1::ListClientsReply clients(const Person& who, const std::string& filter,
                               const std::string& group_by = "") {
    v1::ListClientsRequest request;
    request.set_filter(filter);
    request.set_group_by(group_by);
    return must(call<v1::ListClientsReply>(who, "ClientService/ListClients", request));
  }
  int insurers(const std::string& filter) {
    v1::ListInsurersRequest request;
    request.set_filter(filter);
    return must(call<v1::ListInsurersReply>(agent_, "InsurerService/ListInsurers", request))
        .total_size();
  }
};

TEST_F(FiltersTest, DealsAreFilteredByTheirClientsAndPeople) {
  given_deal(agent_, "КАСКО Mazda");
  given_deal(agent_, "ДМС сотрудников");
  given_deal(colleague_, "КАСКО Lada");

  for (const Person* who : {&agent_, &head_}) {
    const bool all = who == &head_;
    EXPECT_EQ(deals(*who, "title : каско"), all ? 2 : 1);
    EXPECT_EQ(deals(*who, "title = \"КАСКО*\" OR title : дмс"), all ? 3 : 2);
    EXPECT_EQ(deals(*who, "NOT title : каско"), 1);
    EXPECT_EQ(deals(*who, "client.full_name : орехов"), all ? 3 : 2);
    EXPECT_EQ(deals(*who, "client.full_name = \"нет такого\""), 0);
    EXPECT_EQ(deals(*who, "lead_agent.full_name != null AND executor_id = null"), all ? 3 : 2);
    EXPECT_EQ(deals(*who, "lead_agent_id = me()"), all ? 0 : 2);
    EXPECT_EQ(deals(*who, "status = (draft OR calculation) AND created_at >= today()"),
              all ? 3 : 2);
    EXPECT_EQ(deals(*who, "(deadline_on < days(-1) OR title : дмс) -title : mazda"), 1);
  }
}

// Open deals of the agent with the executor, and of the colleague alone.
TEST_F(FiltersTest, MyTeamIsWhoTakesPartInTheOpenDealsOneSees) {
  const auto shared = given_deal(agent_, "КАСКО Mazda");
  must(add_member(agent_, shared.id(), executor_, v1::MEMBER_FUNCTION_EXECUTOR));
  const auto others = given_deal(colleague_, "КАСКО Lada");

  EXPECT_EQ(deals(head_, "lead_agent_id = my_team()"), 2);
  EXPECT_EQ(deals(head_, "executor_id = my_team()"), 1);
  EXPECT_EQ(deals(head_, "executor_id != my_team()"), 1);
  EXPECT_EQ(deals(head_, "member_id = my_team() AND status != closed"), 2);
  EXPECT_EQ(clients(head_, "owner_id = my_team()").total_size(), 2);
  EXPECT_EQ(deals(agent_, "executor_id = my_team()"), 1);
  EXPECT_EQ(deals(executor_, "lead_agent_id = my_team()"), 1);
  must(add_member(agent_, shared.id(), colleague_));
  EXPECT_EQ(deals(colleague_, "executor_id = my_team()"), 1);
  must(remove_member(agent_, shared.id(), colleague_));
  EXPECT_EQ(deals(colleague_, "executor_id = my_team()"), 0);
  EXPECT_EQ(deals(colleague_, "lead_agent_id = my_team()"), 1);

  // Who has nothing open any more is in nobody's team, whatever they once did.
  must(transition(colleague_, transition_to(others, v1::DEAL_STATUS_CLOSED, "Передумали")));
  EXPECT_EQ(deals(head_, "lead_agent_id = my_team()"), 1);
  EXPECT_EQ(deals(colleague_, "lead_agent_id = my_team()"), 0);
  EXPECT_EQ(deals(colleague_, "lead_agent_id != my_team()"), 1);
}

TEST_F(FiltersTest, MyTeamIsCountedAndGroupedAsItIsListed) {
  for (const Person* lead : {&agent_, &agent_, &colleague_}) given_deal(*lead);
  v1::ListDealsRequest request;
  request.set_filter("lead_agent_id = my_team() AND lead_agent_id != \"" + colleague_.id + "\"");
  request.set_group_by("lead_agent_id");
  request.set_page_size(1);
  const auto first = must(call<v1::ListDealsReply>(head_, "DealService/ListDeals", request));

  ASSERT_EQ(first.groups_size(), 1);
  EXPECT_EQ(first.groups(0).value(), agent_.id);
  EXPECT_EQ(first.groups(0).count(), 2);
  EXPECT_EQ(first.total_size(), 2);
  request.set_page_token(first.next_page_token());
  const auto second = must(call<v1::ListDealsReply>(head_, "DealService/ListDeals", request));
  EXPECT_EQ(second.deals_size(), 1);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(FiltersTest, MyTeamIsRefusedWhereNobodyIsMeant) {
  for (const char* filter : {"client_id = my_team()", "title = my_team()"}) {
    v1::ListDealsRequest request;
    request.set_filter(filter);
    const auto refused = call<v1::ListDealsReply>(head_, "DealService/ListDeals", request).error();
    EXPECT_EQ(refused.fields.at(0).code, "wrong_function") << filter;
  }
  v1::ListInsurersRequest insurers;
  insurers.set_filter("name = my_team()");
  EXPECT_EQ(::bordero::testing::fault(
                call<v1::ListInsurersReply>(head_, "InsurerService/ListInsurers", insurers)),
            "filter:wrong_function");
}

TEST_F(FiltersTest, AWrongFilterPointsAtItsColumn) {
  v1::ListDealsRequest request;
  request.set_filter("status = draft AND (title : x OR colour = red)");
  const auto refused = call<v1::ListDealsReply>(agent_, "DealService/ListDeals", request).error();

  EXPECT_EQ(refused.kind, ErrorKind::invalid);
  EXPECT_EQ(refused.fields.at(0).field, "filter");
  EXPECT_EQ(refused.fields.at(0).code, "unknown_field");
  EXPECT_THAT(refused.fields.at(0).detail, HasSubstr("column 34:"));
  EXPECT_THAT(refused.allowed, ::testing::Contains("client.full_name"));
}

TEST_F(FiltersTest, ArchivedClientsShowOnlyWhenTheFilterSpeaksOfThem) {
  const auto kept = given_client(agent_);
  const auto gone = given_client(agent_);
  v1::ArchiveClientRequest archive;
  archive.set_client_id(gone.id());
  archive.set_version(gone.version());
  must(call<v1::Client>(agent_, "ClientService/ArchiveClient", archive));

  for (const Person* who : {&agent_, &head_}) {
    EXPECT_EQ(clients(*who, "").total_size(), 1);
    EXPECT_EQ(clients(*who, "NOT status = inactive").total_size(), 1);
    EXPECT_EQ(clients(*who, "archived = true").total_size(), 1);
    EXPECT_EQ(clients(*who, "archived = (true OR false)").total_size(), 2);
    EXPECT_EQ(clients(*who, "full_name : 'archived'").total_size(), 0);
    EXPECT_EQ(clients(*who, "owner_id = \"" + agent_.id + "\"", "status").groups(0).count(), 1);
  }
  EXPECT_EQ(clients(agent_, "").clients(0).id(), kept.id());
}

TEST_F(FiltersTest, InsurersByProductAndName) {
  for (const auto& [name, product] :
       {std::pair("СК «Волга»", v1::PRODUCT_KASKO), std::pair("СК «Ока»", v1::PRODUCT_DMS)}) {
    v1::CreateInsurerRequest request;
    request.set_name(name);
    request.add_products(product);
    must(call<v1::Insurer>(admin_, "InsurerService/CreateInsurer", request));
  }
  EXPECT_EQ(insurers("product = kasko"), 1);
  EXPECT_EQ(insurers("product != kasko AND active = true"), 1);
  EXPECT_EQ(insurers("product = (kasko OR dms) AND name : ока"), 1);
  EXPECT_EQ(insurers("-name : волга"), 1);
}

}  // namespace
}  // namespace bordero::crm
