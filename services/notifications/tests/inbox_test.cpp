#include "services/notifications/src/inbox/forget.hpp"
#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class InboxTest : public NotificationsTest {
 protected:
  // Straight into the table: what is here does not depend on how it came.
  std::string given(const Person& person, const std::string& minutes_ago = "5",
                    const std::string& deal_id = "", const std::string& kind = "task_assigned") {
    const std::string deal = deal_id.empty() ? "NULL" : "'" + deal_id + "'";
    const std::string at = "now() - interval '" + minutes_ago + " minutes'";
    return database_.value(
        "INSERT INTO notifications (id, user_id, event_id, kind, mention, deal_id, details, "
        "created_at, shown_at) VALUES (gen_random_uuid(), '" +
        person.id + "', gen_random_uuid(), '" + kind + "', " +
        (kind == "mention" ? "true" : "false") + ", " + deal + ", '{}', " + at + ", " + at +
        ") RETURNING id");
  }
  Result<v1::MarkReadReply> mark(const Person& who, const std::vector<std::string>& ids) {
    v1::MarkReadRequest request;
    for (const auto& id : ids) request.add_ids(id);
    return call<v1::MarkReadReply>(who, "MarkRead", request);
  }
  Result<v1::MarkReadReply> mark_all(const Person& who, const std::string& filter = "") {
    v1::MarkReadRequest request;
    request.set_all(true);
    request.set_filter(filter);
    return call<v1::MarkReadReply>(who, "MarkRead", request);
  }
  Result<v1::Notification> later(const Person& who, const std::string& id, Instant until) {
    v1::RemindLaterRequest request;
    request.set_notification_id(id);
    request.set_until(instant_text(until));
    return call<v1::Notification>(who, "RemindLater", request);
  }
  Result<v1::Notification> unread(const Person& who, const std::string& id) {
    v1::MarkUnreadRequest request;
    request.set_notification_id(id);
    return call<v1::Notification>(who, "MarkUnread", request);
  }
  std::vector<std::string> ids(const Person& who, const std::string& view = "") {
    std::vector<std::string> all;
    for (const auto& notification : told(who, view)) all.push_back(notification.id());
    return all;
  }
};

TEST_F(InboxTest, ViewsAreWhatTheySay) {
  const auto old = given(agent_, "60");
  const auto mention = given(agent_, "30", "", "mention");
  const auto fresh = given(agent_, "1");
  ASSERT_TRUE(mark(agent_, {old}).ok());
  ASSERT_TRUE(later(agent_, fresh, clock::now() + std::chrono::hours(1)).ok());

  EXPECT_THAT(ids(agent_), ElementsAre(mention, old));
  EXPECT_THAT(ids(agent_, "unread"), ElementsAre(mention));
  EXPECT_THAT(ids(agent_, "mentions"), ElementsAre(mention));
  EXPECT_THAT(ids(agent_, "later"), ElementsAre(fresh));
  EXPECT_EQ(counts(agent_).unread(), 1);
  EXPECT_EQ(counts(agent_).later(), 1);
  EXPECT_EQ(list(agent_, "other").error().fields.at(0).field, "view");
}

TEST_F(InboxTest, NobodyReachesTheNotificationsOfOthers) {
  const auto id = given(agent_);

  for (const Person& other : {colleague_, executor_, finance_, head_}) {
    EXPECT_THAT(told(other), IsEmpty());
    EXPECT_EQ(unread(other, id).error().kind, ErrorKind::not_found);
    EXPECT_EQ(later(other, id, clock::now() + std::chrono::hours(1)).error().kind,
              ErrorKind::not_found);
    EXPECT_EQ(mark(other, {id})->ids_size(), 0);
    EXPECT_EQ(mark_all(other)->ids_size(), 0);
  }
  EXPECT_EQ(counts(agent_).unread(), 1);
}

TEST_F(InboxTest, ReadingTellsWhatWasReadAndOnlyOnce) {
  const auto one = given(agent_);
  const auto two = given(agent_);

  EXPECT_THAT(mark(agent_, {one, two})->ids(), SizeIs(2));
  EXPECT_THAT(mark(agent_, {one})->ids(), IsEmpty());

  EXPECT_EQ(database_.value("SELECT count(*) FROM outbox WHERE type = "
                            "'notifications.notification.read'"),
            "1");
  EXPECT_EQ(unread(agent_, one)->read_at(), "");
  EXPECT_EQ(counts(agent_).unread(), 1);
}

TEST_F(InboxTest, AllIsWhatTheFilterFinds) {
  const auto mention = given(agent_, "5", "", "mention");
  const auto other = given(agent_);

  EXPECT_THAT(mark_all(agent_, "kind = \"mention\"")->ids(), ElementsAre(mention));
  EXPECT_THAT(mark_all(agent_)->ids(), ElementsAre(other));
  EXPECT_EQ(mark_all(agent_, "nonsense = 1").error().kind, ErrorKind::invalid);
}

TEST_F(InboxTest, UnclearRequestsAreRefusedByField) {
  v1::MarkReadRequest both;
  both.set_all(true);
  both.add_ids(Uuid::v7().str());
  EXPECT_EQ(call<v1::MarkReadReply>(agent_, "MarkRead", both).error().fields.at(0).field, "all");
  EXPECT_EQ(mark(agent_, {}).error().fields.at(0).field, "ids");
  EXPECT_EQ(mark(agent_, {"x"}).error().kind, ErrorKind::invalid);
  const auto id = given(agent_);
  const auto now = clock::now();
  EXPECT_EQ(later(agent_, id, now - std::chrono::hours(1)).error().fields.at(0).code,
            "must_be_in_the_future");
  EXPECT_EQ(later(agent_, id, now + std::chrono::hours(24 * 400)).error().fields.at(0).code,
            "within_a_year");
  EXPECT_EQ(unread(agent_, Uuid::v7().str()).error().reason, "notification_not_found");
}

TEST_F(InboxTest, WhatWasPutAwayComesBackUnreadOnTop) {
  const auto put_away = given(agent_, "60");
  const auto other = given(agent_, "1");
  ASSERT_TRUE(later(agent_, put_away, clock::now() + std::chrono::hours(2)).ok());
  EXPECT_THAT(ids(agent_, "unread"), ElementsAre(other));
  start();

  clock::shift(std::chrono::hours(3));

  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications WHERE later_until IS NULL", "2"));
  EXPECT_THAT(ids(agent_, "unread"), ElementsAre(put_away, other));
}

TEST_F(InboxTest, GroupsAndPagesCoverTheWholeFilter) {
  const std::string deal = Uuid::v7().str();
  for (int i = 0; i < 7; ++i) given(finance_, std::to_string(i + 1), i < 5 ? deal : "");

  const auto grouped = list(finance_, "unread", "", "deal_id");
  ASSERT_TRUE(grouped.ok());
  EXPECT_EQ(grouped->total_size(), 7);
  int of_deal = 0;
  for (const auto& group : grouped->groups()) {
    if (group.value() == deal) of_deal = group.count();
  }
  EXPECT_EQ(of_deal, 5);
  EXPECT_EQ(list(finance_, "", "deal_id = \"" + deal + "\"")->total_size(), 5);

  v1::ListNotificationsRequest request;
  request.set_page_size(3);
  std::vector<std::string> seen;
  do {
    const auto page = call<v1::ListNotificationsReply>(finance_, "ListNotifications", request);
    ASSERT_TRUE(page.ok());
    for (const auto& notification : page->notifications()) seen.push_back(notification.shown_at());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
}

TEST_F(InboxTest, AnIdempotencyKeyGivesTheSameAnswer) {
  const auto id = given(agent_);
  v1::MarkReadRequest request;
  request.add_ids(id);

  const auto first = call<v1::MarkReadReply>(agent_, "MarkRead", request, "key-1");
  const auto again = call<v1::MarkReadReply>(agent_, "MarkRead", request, "key-1");

  EXPECT_THAT(first->ids(), ElementsAre(id));
  EXPECT_THAT(again->ids(), ElementsAre(id));
}

TEST_F(InboxTest, TheListsAreServedByTheirIndexes) {
  database_.execute(
      "INSERT INTO notifications (id, user_id, event_id, kind, mention, details, created_at, "
      "shown_at, read_at) SELECT gen_random_uuid(), CASE WHEN i % 20 = 0 THEN '" +
      agent_.id +
      "'::uuid ELSE gen_random_uuid() END, gen_random_uuid(), 'reminder', false, '{}', "
      "now() - i * interval '1 minute', now() - i * interval '1 minute', "
      "CASE WHEN i % 3 > 0 THEN now() END FROM generate_series(1, 20000) AS i");
  database_.execute("ANALYZE notifications");
  const auto plan = [&](const std::string& condition) {
    return database_.value(
        "SELECT string_agg(line, ' ') FROM (SELECT explained AS line FROM explained($$SELECT n.id "
        "FROM notifications n WHERE n.user_id = '" +
        agent_.id + "' AND " + condition +
        " ORDER BY n.shown_at DESC, n.id DESC LIMIT 51$$)) AS lines");
  };
  database_.execute(
      "CREATE FUNCTION explained(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN "
      "RETURN QUERY EXECUTE 'EXPLAIN ' || statement; END $$");

  EXPECT_THAT(plan("n.later_until IS NULL"), ::testing::HasSubstr("using notifications_all"));
  EXPECT_THAT(plan("n.later_until IS NULL AND n.read_at IS NULL"),
              ::testing::HasSubstr("using notifications_unread"));
  EXPECT_THAT(plan("n.later_until IS NULL"), ::testing::Not(::testing::HasSubstr("Sort")));
}

TEST_F(InboxTest, WhatIsOldIsForgottenAndUnreadLast) {
  const auto fresh = given(agent_);
  const auto unread_for_a_month = given(agent_, std::to_string(30 * 1440));
  const auto read_long_ago = given(agent_);
  given(agent_, std::to_string(800 * 1440));
  database_.execute("UPDATE notifications SET read_at = now() - interval '11 days' WHERE id = '" +
                    read_long_ago + "'");
  database_.execute("INSERT INTO deliveries (notification_id, channel, state, at) VALUES ('" +
                    read_long_ago + "', 'inbox', 'delivered', now())");
  pg::Database db(io_.get_executor(), {.dsn = database_.dsn(), .pool_size = 1});

  const auto more = run(forget_notifications(db, {.read_days = 10, .unread_days = 365}));

  ASSERT_TRUE(more.ok());
  EXPECT_FALSE(*more);
  EXPECT_THAT(ids(agent_), ElementsAre(fresh, unread_for_a_month));
  EXPECT_EQ(count("deliveries"), 0);
}

}  // namespace
}  // namespace bordero::notifications
