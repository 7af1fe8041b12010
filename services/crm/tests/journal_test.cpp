#include "services/crm/tests/crm_fixture.hpp"

namespace bordero::crm {
namespace {

class JournalTest : public CrmTest {
 protected:
  Result<v1::JournalEntry> write(const Person& who, const std::string& text,
                                 const std::vector<std::string>& mentioned = {}) {
    v1::AddJournalEntryRequest request;
    request.set_deal_id(deal_.id());
    request.set_text(text);
    for (const auto& id : mentioned) request.add_mentioned_ids(id);
    return call<v1::JournalEntry>(who, "JournalService/AddJournalEntry", request);
  }
  Result<v1::JournalEntry> edit(const Person& who, const v1::JournalEntry& entry,
                                const std::string& text) {
    v1::UpdateJournalEntryRequest request;
    request.set_deal_id(deal_.id());
    request.set_entry_id(entry.id());
    request.set_version(entry.version());
    request.set_text(text);
    request.mutable_update_mask()->add_paths("text");
    return call<v1::JournalEntry>(who, "JournalService/UpdateJournalEntry", request);
  }
  v1::ListTimelineReply timeline(const std::string& kinds = "", const std::string& token = "") {
    v1::ListTimelineRequest request;
    request.set_deal_id(deal_.id());
    request.set_kinds(kinds);
    request.set_page_token(token);
    request.set_page_size(2);
    return must(call<v1::ListTimelineReply>(agent_, "JournalService/ListTimeline", request));
  }

  v1::Deal deal_ = given_deal(agent_);
};

TEST_F(JournalTest, WhoSeesTheDealWritesButTheHead) {
  EXPECT_TRUE(write(agent_, "Созвонились").ok());
  EXPECT_TRUE(write(finance_, "Оплата пришла").ok());
  EXPECT_EQ(write(head_, "…").error().reason, "role_not_allowed");
  EXPECT_EQ(write(colleague_, "…").error().reason, "deal_not_found");
  EXPECT_EQ(events("crm.journal.added"), 2);
}

TEST_F(JournalTest, OnlyPeopleWhoSeeTheDealAreMentioned) {
  EXPECT_TRUE(write(agent_, "@", {finance_.id, head_.id, agent_.id}).ok());
  const auto refused = write(agent_, "@", {finance_.id, colleague_.id});
  EXPECT_EQ(refused.error().fields[0].field, "mentioned_ids[1]");
}

TEST_F(JournalTest, EarlyEditIsQuietAndLateOneKeepsTheEarlierText) {
  auto entry = must(write(agent_, "один"));
  entry = must(edit(agent_, entry, "два"));
  EXPECT_EQ(entry.text(), "два");
  EXPECT_EQ(entry.earlier_size(), 0);
  EXPECT_FALSE(entry.edited_at().empty());

  database_.execute("UPDATE journal_entries SET created_at = now() - interval '16 minutes'");
  entry = must(edit(agent_, entry, "три"));

  ASSERT_EQ(entry.earlier_size(), 1);
  EXPECT_EQ(entry.earlier(0).text(), "два");
  EXPECT_TRUE(parse_instant(entry.earlier(0).replaced_at()).has_value());
  EXPECT_EQ(events("crm.journal.edited"), 2);
}

TEST_F(JournalTest, OnlyTheAuthorEditsAndOnlyWhatTheySaw) {
  const auto entry = must(write(agent_, "один"));

  EXPECT_EQ(edit(admin_, entry, "два").error().reason, "not_the_author");
  EXPECT_EQ(edit(agent_, entry, " ").error().fields[0].field, "text");
  must(edit(agent_, entry, "два"));
  EXPECT_EQ(edit(agent_, entry, "три").error().kind, ErrorKind::stale);
}

TEST_F(JournalTest, LeavingEndsAccessToTheJournal) {
  must(add_member(agent_, deal_.id(), colleague_));
  const auto entry = must(write(colleague_, "мой"));
  must(remove_member(agent_, deal_.id(), colleague_));

  v1::ListJournalRequest list;
  list.set_deal_id(deal_.id());
  EXPECT_EQ(
      call<v1::ListJournalReply>(colleague_, "JournalService/ListJournal", list).error().reason,
      "deal_not_found");
  EXPECT_EQ(edit(colleague_, entry, "чужой").error().reason, "deal_not_found");
}

TEST_F(JournalTest, TimelineHoldsNotesAndWhatHappenedNewestFirst) {
  must(write(agent_, "Созвонились"));
  auto request = transition_to(deal_, v1::DEAL_STATUS_CALCULATION);
  request.set_executor_id(executor_.id);
  must(transition(agent_, request));

  std::vector<std::string> kinds;
  std::string token;
  do {
    const auto page = timeline("", token);
    for (const auto& item : page.timeline()) {
      kinds.push_back(item.kind());
      EXPECT_EQ(item.has_entry(), item.kind() == "journal");
      EXPECT_FALSE(item.actor_name().empty());
    }
    token = page.next_page_token();
  } while (!token.empty());

  ASSERT_EQ(kinds.size(), 4u);
  EXPECT_EQ(kinds[3], "created");
  EXPECT_EQ(kinds[2], "journal");
  EXPECT_EQ(timeline("status_changed").timeline(0).details(),
            R"({"to": "calculation", "from": "draft"})");
}

TEST_F(JournalTest, AuditAsksWhoMaySeeARecord) {
  const auto entry = must(write(agent_, "Созвонились"));
  const auto visible = [&](const Person& who, const std::string& type, const std::string& id) {
    common::v1::CheckAccessRequest request;
    request.set_entity_type(type);
    request.set_entity_id(id);
    rpc::Envelope envelope;
    envelope.method = "bordero.crm.v1.DealService/CheckAccess";
    envelope.caller_service = "audit";
    envelope.identity_token = token_of(who);
    auto answer = run(dispatcher_.dispatch(std::move(envelope), request));
    return static_cast<common::v1::CheckAccessReply&>(*answer->message).visible();
  };

  for (const auto& [type, id] : {std::pair<std::string, std::string>{"deal", deal_.id()},
                                 {"client", deal_.client_id()},
                                 {"journal", entry.id()}}) {
    EXPECT_TRUE(visible(agent_, type, id)) << type;
    EXPECT_TRUE(visible(head_, type, id)) << type;
    EXPECT_FALSE(visible(colleague_, type, id)) << type;
  }
  EXPECT_FALSE(visible(admin_, "user", agent_.id));
}

}  // namespace
}  // namespace bordero::crm
