#include "services/audit/tests/audit_fixture.hpp"

namespace bordero::audit {
namespace {

class ListEntries : public AuditTest {
 protected:
  Result<v1::ListEntriesReply> list(const std::string& filter, Role role = Role::admin,
                                    int page_size = 0, const std::string& page_token = "") {
    v1::ListEntriesRequest request;
    request.set_filter(filter);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return ask<v1::ListEntriesReply>("ListEntries", request, role);
  }
};

TEST_F(ListEntries, IsForAdminAndHeadAlone) {
  given_log(1);

  EXPECT_EQ(list("", Role::admin)->entries_size(), 1);
  EXPECT_EQ(list("", Role::head)->entries_size(), 1);
  for (const Role role : {Role::agent, Role::executor, Role::finance}) {
    EXPECT_EQ(list("", role).error().kind, ErrorKind::forbidden) << role_name(role);
  }
}

TEST_F(ListEntries, ComesNewestFirstInPages) {
  given_log(5);

  const auto first = list("", Role::admin, 2);
  const auto second = list("", Role::admin, 2, first->next_page_token());
  const auto third = list("", Role::admin, 2, second->next_page_token());

  EXPECT_EQ(first->total_size(), 5);
  EXPECT_EQ(first->entries(0).position(), 4);
  EXPECT_EQ(second->entries(0).position(), 2);
  EXPECT_EQ(second->total_size(), 5);
  EXPECT_EQ(third->entries(0).position(), 0);
  EXPECT_EQ(third->entries_size(), 1);
  EXPECT_EQ(third->next_page_token(), "");
}

TEST_F(ListEntries, IsFilteredByEachField) {
  const auto deal_id = given_log(2);
  const auto actor = Uuid::v7().str();
  ASSERT_TRUE(record(deal_created(Uuid::v7().str(), actor)));
  const auto count = [&](const std::string& filter) {
    const auto reply = list(filter);
    return reply ? reply->total_size() : -1;
  };

  EXPECT_EQ(count("entity_id = \"" + deal_id + "\""), 2);
  EXPECT_EQ(count("actor_id = \"" + actor + "\""), 1);
  EXPECT_EQ(list("actor_id = my_team()").error().fields.at(0).code, "wrong_function");
  EXPECT_EQ(count("action = \"crm.deal.created\""), 2);
  EXPECT_EQ(count("entity_type = \"client\""), 0);
  EXPECT_EQ(count("service = \"crm\""), 3);
  EXPECT_EQ(count("at > \"2020-01-01T00:00:00Z\" AND at < \"2020-01-02T00:00:00Z\""), 0);
  EXPECT_EQ(count("at > \"2020-01-01T00:00:00Z\""), 3);
  EXPECT_EQ(count("before = \"x\""), -1);
}

TEST_F(ListEntries, NamesActorsAsAuthLastToldThem) {
  const auto user_id = Uuid::v7().str();
  auth::v1::UserCreated created;
  created.mutable_user()->set_id(user_id);
  created.mutable_user()->set_full_name("Анна Ким");
  created.mutable_user()->set_version(1);
  auth::v1::UserUpdated updated;
  *updated.mutable_before() = created.user();
  *updated.mutable_after() = created.user();
  updated.mutable_after()->set_full_name("Анна Ли");
  updated.mutable_after()->set_version(2);

  ASSERT_TRUE(record(event_of(updated, "user", user_id, 2)));
  ASSERT_TRUE(record(event_of(created, "user", user_id, 1)));
  ASSERT_TRUE(record(deal_created(Uuid::v7().str(), user_id)));

  const auto reply = list("actor_id = \"" + user_id + "\"");
  ASSERT_EQ(reply->entries_size(), 1);
  EXPECT_EQ(reply->entries(0).actor_name(), "Анна Ли");
}

class GetHistory : public AuditTest {
 protected:
  Result<v1::GetHistoryReply> history(const std::string& type, const std::string& id, Role role,
                                      const std::string& user_id = Uuid::v7().str()) {
    v1::GetHistoryRequest request;
    request.set_entity_type(type);
    request.set_entity_id(id);
    return ask<v1::GetHistoryReply>("GetHistory", request, role, user_id);
  }
};

TEST_F(GetHistory, OfADealIsForWhomCrmShowsIt) {
  const auto deal_id = given_log(3);
  given_log(2);
  const auto agent = Uuid::v7().str();
  EXPECT_EQ(history("deal", deal_id, Role::agent, agent).error().kind, ErrorKind::not_found);

  visible_to_caller_.insert(deal_id);
  const auto reply = history("deal", deal_id, Role::agent, agent);

  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->entries_size(), 3);
  EXPECT_EQ(reply->entries(0).entity_version(), 3);
  EXPECT_EQ(crm_asked_with_, asked_with_);
}

TEST_F(GetHistory, HeadAndAdminSeeEveryRecord) {
  const auto deal_id = given_log(2);

  EXPECT_EQ(history("deal", deal_id, Role::head)->entries_size(), 2);
  EXPECT_EQ(history("deal", deal_id, Role::admin)->entries_size(), 2);
  EXPECT_EQ(crm_asked_with_, "");
}

TEST_F(GetHistory, OfAUserIsForThemselves) {
  const auto user_id = Uuid::v7().str();
  auth::v1::UserCreated created;
  created.mutable_user()->set_id(user_id);
  ASSERT_TRUE(record(event_of(created, "user", user_id, 1)));

  EXPECT_EQ(history("user", user_id, Role::agent, user_id)->entries_size(), 1);
  EXPECT_EQ(history("user", user_id, Role::agent).error().kind, ErrorKind::not_found);
  EXPECT_EQ(history("user", user_id, Role::admin)->entries_size(), 1);
}

TEST_F(GetHistory, OfASessionIsForWhoOpenedIt) {
  const auto user_id = Uuid::v7().str();
  const auto session_id = Uuid::v7().str();
  auth::v1::SessionOpened opened;
  opened.set_user_id(user_id);
  opened.set_session_id(session_id);
  ASSERT_TRUE(record(event_of(opened, "session", session_id, 0, user_id)));

  EXPECT_EQ(history("session", session_id, Role::agent, user_id)->entries_size(), 1);
  EXPECT_EQ(history("session", session_id, Role::agent).error().kind, ErrorKind::not_found);
}

TEST_F(GetHistory, OfAnUnknownKindIsNotFound) {
  const auto id = Uuid::v7().str();

  EXPECT_EQ(history("planet", id, Role::admin).error().kind, ErrorKind::not_found);
  EXPECT_EQ(history("deal\" OR entity_type = \"user", id, Role::admin).error().kind,
            ErrorKind::not_found);
}

}  // namespace
}  // namespace bordero::audit
