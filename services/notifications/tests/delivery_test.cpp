#include "bordero/auth/v1/events.pb.h"
#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {
namespace {

using namespace std::chrono_literals;

// A channel that says what the test wants and counts what it was given.
class DeliveryTest : public NotificationsTest {
 protected:
  Channels channels() {
    Channel pager{.name = "pager", .send = [this](std::string user_id, v1::Notification what) {
                    return take(std::move(user_id), std::move(what));
                  }};
    return {pager};
  }
  awaitable<Result<void>> take(std::string user_id, v1::Notification notification) {
    sent_.push_back(user_id + " " + notification.id());
    named_ = notification.client_name();
    if (failures_ > 0) {
      --failures_;
      co_return failure_;
    }
    co_return Result<void>();
  }
  std::string mention_colleague() {
    const auto about = given_deal(agent_, {colleague_});
    happens(note(about, {colleague_}), agent_);
    return told(colleague_).at(0).id();
  }
  std::string state() {
    return database_.value(
        "SELECT state || ' ' || attempts FROM deliveries WHERE channel = "
        "'pager'");
  }
  bool comes_to(const std::string& expected) {
    return eventually("SELECT state || ' ' || attempts FROM deliveries WHERE channel = 'pager'",
                      expected);
  }
  Result<v1::NotificationSettings> set(const Person& who, const std::string& from,
                                       const std::string& to) {
    v1::UpdateNotificationSettingsRequest request;
    request.mutable_update_mask()->add_paths("quiet_from");
    request.mutable_update_mask()->add_paths("quiet_to");
    request.set_quiet_from(from);
    request.set_quiet_to(to);
    return call<v1::NotificationSettings>(who, "UpdateNotificationSettings", request);
  }
  // The test's clock stands at that time of day, Moscow.
  static void set_clock(const char* time) {
    const auto ahead = *parse_instant(time) - std::chrono::system_clock::now();
    clock::shift(std::chrono::duration_cast<std::chrono::seconds>(ahead));
  }

  std::vector<std::string> sent_;
  std::string named_;
  int failures_ = 0;
  Error failure_ = unavailable("pager_down");
};

TEST_F(DeliveryTest, SendsOnceAndShowsIt) {
  start(channels());
  const auto id = mention_colleague();

  ASSERT_TRUE(comes_to("delivered 1"));
  run_for(1500ms);

  EXPECT_THAT(sent_, ::testing::ElementsAre(colleague_.id + " " + id));
  const auto deliveries = told(colleague_)[0].deliveries();
  ASSERT_EQ(deliveries.size(), 2);
  EXPECT_EQ(deliveries[1].channel(), "pager");
  EXPECT_EQ(deliveries[1].state(), v1::DELIVERY_STATE_DELIVERED);
}

TEST_F(DeliveryTest, TriesAgainWithAPauseAndThenSaysThatItFailed) {
  failures_ = 100;
  start(channels());
  mention_colleague();
  ASSERT_TRUE(comes_to("pending 1"));
  EXPECT_EQ(told(colleague_)[0].deliveries(1).error(), "pager_down");

  // Each pause is over on its own clock.
  for (int attempt = 2; attempt <= 7; ++attempt) {
    clock::shift(std::chrono::hours(attempt));
    ASSERT_TRUE(comes_to("pending " + std::to_string(attempt)));
  }
  clock::shift(std::chrono::hours(8));
  ASSERT_TRUE(comes_to("failed 8"));

  EXPECT_EQ(sent_.size(), 8U);
  EXPECT_EQ(told(colleague_)[0].deliveries(1).state(), v1::DELIVERY_STATE_FAILED);
}

TEST_F(DeliveryTest, ARefusalIsFinal) {
  failures_ = 1;
  failure_ = forbidden("bot_blocked");
  start(channels());
  mention_colleague();

  ASSERT_TRUE(comes_to("failed 1"));
  EXPECT_EQ(told(colleague_)[0].deliveries(1).error(), "bot_blocked");
}

TEST_F(DeliveryTest, QuietHoursHoldBackAllButTheInbox) {
  ASSERT_TRUE(set(colleague_, "22:00", "08:00").ok());
  set_clock("2026-11-23T20:30:00Z");  // 23:30 in Moscow.
  start(channels());
  mention_colleague();

  ASSERT_TRUE(comes_to("held 0"));
  EXPECT_EQ(database_.value("SELECT state FROM deliveries WHERE channel = 'inbox'"), "delivered");
  EXPECT_EQ(database_.value("SELECT next_attempt_at AT TIME ZONE 'Europe/Moscow' FROM deliveries "
                            "WHERE channel = 'pager'"),
            "2026-11-24 08:00:00");
  EXPECT_TRUE(sent_.empty());

  set_clock("2026-11-24T05:00:10Z");
  ASSERT_TRUE(comes_to("delivered 1"));
}

TEST_F(DeliveryTest, WhoIsBlockedInBetweenGetsNothing) {
  ASSERT_TRUE(set(colleague_, "22:00", "08:00").ok());
  set_clock("2026-11-23T20:30:00Z");
  start(channels());
  mention_colleague();
  ASSERT_TRUE(comes_to("held 0"));
  database_.execute("UPDATE users SET status = 'blocked' WHERE id = '" + colleague_.id + "'");

  set_clock("2026-11-24T05:00:10Z");

  ASSERT_TRUE(comes_to("failed 1"));
  EXPECT_TRUE(sent_.empty());
}

TEST_F(DeliveryTest, ClientsAreNamedOutsideOnlyWhenTheAgencySaysSo) {
  start(channels());
  mention_colleague();
  ASSERT_TRUE(comes_to("delivered 1"));
  EXPECT_EQ(named_, "");
  EXPECT_EQ(told(colleague_)[0].client_name(), "Орехов Г.");

  auth::v1::AgencyUpdated event;
  event.mutable_after()->set_id(Uuid::v7().str());
  event.mutable_after()->set_name("Меридиан");
  event.mutable_after()->set_share_names_in_messages(true);
  event.mutable_after()->set_version(2);
  happens(event, admin_, event.after().id(), 2);
  database_.execute("DELETE FROM notifications");
  mention_colleague();

  ASSERT_TRUE(comes_to("delivered 1"));
  EXPECT_EQ(named_, "Орехов Г.");
}

TEST_F(DeliveryTest, SettingsAreOnesOwnAndChecked) {
  const auto saved = set(agent_, "22:00", "08:00");
  ASSERT_TRUE(saved.ok());
  EXPECT_EQ(saved->quiet_from(), "22:00");
  EXPECT_EQ(saved->digest_at(), "08:30");

  EXPECT_EQ(set(agent_, "22:00", "").error().fields.at(0).field, "quiet_to");
  EXPECT_EQ(set(agent_, "25:00", "08:00").error().fields.at(0).code, "not_a_time");
  EXPECT_EQ(set(agent_, "08:00", "08:00").error().fields.at(0).code, "same_as_quiet_from");
  const auto others = call<v1::NotificationSettings>(colleague_, "GetNotificationSettings",
                                                     v1::GetNotificationSettingsRequest());
  EXPECT_EQ(others->quiet_from(), "");
  EXPECT_TRUE(set(agent_, "", "").ok());
}

}  // namespace
}  // namespace bordero::notifications
