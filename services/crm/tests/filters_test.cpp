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
