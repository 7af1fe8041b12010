#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::CreateClientRequest company(const std::string& name, const std::string& tax_number = "",
                                const std::string& phone = "", const std::string& email = "") {
  v1::CreateClientRequest request;
  request.set_type(v1::CLIENT_TYPE_COMPANY);
  request.set_full_name(name);
  request.set_tax_number(tax_number);
  if (phone.empty() && email.empty()) return request;
  request.add_contacts()->set_phone(phone);
  request.mutable_contacts(0)->set_email(email);
  return request;
}

TEST_F(CrmTest, ClientKeepsWhatWasTypedAndDerivesTheRest) {
  auto request = company("ООО «Речной порт»", "7707083892", "8 (916) 123-45-67");

  const auto client = must(call<v1::Client>(agent_, "ClientService/CreateClient", request));

  EXPECT_EQ(client.short_name(), "ООО «Речной порт»");
  EXPECT_EQ(client.contacts(0).phone(), "8 (916) 123-45-67");
  EXPECT_EQ(client.contacts(0).phone_e164(), "+79161234567");
  ASSERT_EQ(client.warnings_size(), 1);
  EXPECT_EQ(client.warnings(0).code(), "tax_number_check_digit");
  EXPECT_EQ(client.owner_id(), agent_.id);
  EXPECT_EQ(events("crm.client.created"), 1);
}

TEST_F(CrmTest, DerivedFieldsAreNotTakenFromPeople) {
  auto request = company("ООО «Мост»", "", "8 916 123-45-67");
  request.mutable_contacts(0)->set_phone_e164("+70000000000");
  const auto refused = call<v1::Client>(agent_, "ClientService/CreateClient", request);
  EXPECT_EQ(refused.error().fields[0].field, "contacts[0].phone_e164");

  auto owned = company("ООО «Мост»");
  owned.set_owner_id(colleague_.id);
  EXPECT_EQ(call<v1::Client>(agent_, "ClientService/CreateClient", owned).error().fields[0].code,
            "admins_only");
  EXPECT_EQ(must(call<v1::Client>(admin_, "ClientService/CreateClient", owned)).owner_id(),
            colleague_.id);
}

TEST_F(CrmTest, DuplicatesAreShownToWhoSeesThemAndCountedForOthers) {
  const auto first = must(call<v1::Client>(
      agent_, "ClientService/CreateClient",
      company("ООО «Речной порт»", "7707083893", "+7 916 123-45-67", "post@port.example")));

  v1::FindDuplicatesRequest probe;
  probe.set_phone("8 916 1234567");
  auto own = must(call<v1::FindDuplicatesReply>(agent_, "ClientService/FindDuplicates", probe));
  auto other =
      must(call<v1::FindDuplicatesReply>(colleague_, "ClientService/FindDuplicates", probe));

  ASSERT_EQ(own.duplicates_size(), 1);
  EXPECT_EQ(own.duplicates(0).client_id(), first.id());
  EXPECT_EQ(own.duplicates(0).reason(), "phone");
  EXPECT_FALSE(own.hidden());
  EXPECT_EQ(other.duplicates_size(), 0);
  EXPECT_TRUE(other.hidden());

  probe.Clear();
  probe.set_full_name("Речной  ПОРТ");
  own = must(call<v1::FindDuplicatesReply>(agent_, "ClientService/FindDuplicates", probe));
  EXPECT_EQ(own.duplicates(0).reason(), "name");
  other = must(call<v1::FindDuplicatesReply>(colleague_, "ClientService/FindDuplicates", probe));
  EXPECT_FALSE(other.hidden());
}

TEST_F(CrmTest, HintsAtHiddenDuplicatesRunOut) {
  must(call<v1::Client>(agent_, "ClientService/CreateClient", company("ООО «Мост»", "7707083893")));
  v1::FindDuplicatesRequest probe;
  probe.set_tax_number("7707083893");

  int hints = 0;
  for (int i = 0; i < 25; ++i) {
    hints += must(call<v1::FindDuplicatesReply>(colleague_, "ClientService/FindDuplicates", probe))
                 .hidden();
  }

  EXPECT_EQ(hints, 20);
}

TEST_F(CrmTest, CreateShowsDuplicatesUnlessTheyAreKnownToDiffer) {
  const auto one = given_client(agent_, "Орехов Глеб Петрович");
  const auto two = given_client(agent_, "Орехов Глеб Петрович");
  ASSERT_EQ(two.duplicates_size(), 1);
  EXPECT_EQ(two.duplicates(0).client_id(), one.id());

  v1::MarkDistinctRequest distinct;
  distinct.set_client_id(two.id());
  distinct.set_other_id(one.id());
  must(call<common::v1::Empty>(agent_, "ClientService/MarkDistinct", distinct));

  v1::FindDuplicatesRequest probe;
  probe.set_full_name("Орехов Глеб Петрович");
  probe.set_exclude_id(one.id());
  EXPECT_EQ(must(call<v1::FindDuplicatesReply>(agent_, "ClientService/FindDuplicates", probe))
                .duplicates_size(),
            0);
}

TEST_F(CrmTest, UpdateChangesOnlyWhatTheMaskNames) {
  const auto client = given_client(agent_);
  v1::UpdateClientRequest request;
  request.set_client_id(client.id());
  request.set_version(client.version());
  request.set_notes("Любит звонки утром");
  request.set_full_name("не должно попасть");
  request.mutable_update_mask()->add_paths("notes");

  const auto changed = must(call<v1::Client>(agent_, "ClientService/UpdateClient", request));

  EXPECT_EQ(changed.notes(), "Любит звонки утром");
  EXPECT_EQ(changed.full_name(), client.full_name());
  EXPECT_EQ(changed.version(), 2);
  EXPECT_EQ(call<v1::Client>(agent_, "ClientService/UpdateClient", request).error().kind,
            ErrorKind::stale);
  request.set_version(2);
  request.mutable_update_mask()->set_paths(0, "archived");
  EXPECT_EQ(call<v1::Client>(agent_, "ClientService/UpdateClient", request).error().fields[0].code,
            "not_settable");
}

TEST_F(CrmTest, NewNameIsFoundOnTheClientAndItsDeals) {
  const auto deal = given_deal(agent_);
  const auto client = must(get_client(agent_, deal.client_id()));
  v1::UpdateClientRequest request;
  request.set_client_id(client.id());
  request.set_version(client.version());
  request.set_full_name("Журавлёва Нина");
  request.mutable_update_mask()->add_paths("full_name");

  EXPECT_EQ(must(call<v1::Client>(agent_, "ClientService/UpdateClient", request)).short_name(),
            "Журавлёва Нина");

  EXPECT_THAT(search(agent_, "журавлева"), ElementsAre(client.id(), deal.id()));
  EXPECT_THAT(search(agent_, "орехов"), IsEmpty());
}

TEST_F(CrmTest, ArchivedClientLeavesListsAndComesBack) {
  const auto client = given_client(agent_);
  v1::ArchiveClientRequest archive;
  archive.set_client_id(client.id());
  archive.set_version(1);
  const auto archived = must(call<v1::Client>(agent_, "ClientService/ArchiveClient", archive));
  EXPECT_TRUE(archived.archived());

  const auto listed = [&](const std::string& filter) {
    v1::ListClientsRequest request;
    request.set_filter(filter);
    return must(call<v1::ListClientsReply>(agent_, "ClientService/ListClients", request))
        .clients_size();
  };
  EXPECT_EQ(listed(""), 0);
  EXPECT_EQ(listed("archived = true"), 1);
  v1::CreateDealRequest deal;
  deal.set_client_id(client.id());
  deal.set_title("ОСАГО");
  EXPECT_EQ(call<v1::Deal>(agent_, "DealService/CreateDeal", deal).error().reason,
            "client_is_archived");

  v1::RestoreClientRequest restore;
  restore.set_client_id(client.id());
  restore.set_version(2);
  must(call<v1::Client>(agent_, "ClientService/RestoreClient", restore));
  EXPECT_EQ(listed(""), 1);
}

TEST_F(CrmTest, NewOwnerSeesTheClientAndTheOldDoesNot) {
  const auto client = given_client(agent_);
  v1::UpdateClientRequest request;
  request.set_client_id(client.id());
  request.set_version(1);
  request.set_owner_id(colleague_.id);
  request.mutable_update_mask()->add_paths("owner_id");
  EXPECT_EQ(call<v1::Client>(agent_, "ClientService/UpdateClient", request).error().fields[0].code,
            "admins_only");

  must(call<v1::Client>(admin_, "ClientService/UpdateClient", request));

  EXPECT_TRUE(get_client(colleague_, client.id()).ok());
  EXPECT_EQ(get_client(agent_, client.id()).error().kind, ErrorKind::not_found);
  EXPECT_THAT(search(colleague_, "орехов"), ElementsAre(client.id()));
  EXPECT_THAT(search(agent_, "орехов"), IsEmpty());
}

TEST_F(CrmTest, SearchForgivesHowThingsAreTyped) {
  auto request =
      company("Семёнов Пётр Ильич", "7707083893", "8 (916) 123-45-67", "petr@sem.example");
  const auto client = must(call<v1::Client>(agent_, "ClientService/CreateClient", request));
  v1::CreateDealRequest wanted;
  wanted.set_client_id(client.id());
  wanted.set_title("КАСКО на Mazda");
  auto& car = *wanted.add_objects();
  car.set_kind(v1::OBJECT_KIND_VEHICLE);
  car.set_vin("1M8GDM9AXKP042788");
  car.set_plate("А123ВС77");
  const auto deal = must(call<v1::Deal>(agent_, "DealService/CreateDeal", wanted));

  for (const char* typed :
       {"петр семенов", "СЕМЁНОВ", "ctvtyjd", "семен пет", "9161234567", "+7 (916) 123-45-67",
        "89161234567", "123-45-67", "7707083893", "petr@sem.example"}) {
    EXPECT_THAT(search(agent_, typed), Contains(client.id())) << typed;
  }
  for (const char* typed : {"1M8GDM9AXKP042788", "1m8gdm9axkp042788", "042788", "a123bc77",
                            "А 123 ВС 77", "mazda каско", "rfcrj", "семенов каско"}) {
    EXPECT_THAT(search(agent_, typed), Contains(deal.id())) << typed;
  }
  EXPECT_THAT(search(agent_, deal.number()), Contains(deal.id()));
  EXPECT_THAT(search(agent_, "1"), Contains(deal.id()));
  EXPECT_THAT(search(agent_, "петров"), IsEmpty());
}

}  // namespace
}  // namespace bordero::crm
