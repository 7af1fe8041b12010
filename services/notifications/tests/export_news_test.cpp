#include "services/notifications/tests/exports_fixture.hpp"

namespace bordero::notifications {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kCsv = common::v1::EXPORT_FORMAT_CSV;

TEST_F(ExportsTest, ItsOwnerIsToldThatTheFileIsReady) {
  given_deals(3);
  const auto started = start_export(agent_, deals_as(kCsv));
  EXPECT_THAT(told(agent_), IsEmpty());
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  const auto mine = told(agent_);
  ASSERT_THAT(mine, SizeIs(1));
  EXPECT_EQ(mine[0].kind(), v1::NOTIFICATION_KIND_EXPORT_READY);
  EXPECT_EQ(mine[0].subject_type(), "job");
  EXPECT_EQ(mine[0].subject_id(), started->id());
  EXPECT_EQ(mine[0].details().title(), job(agent_, started->id())->file_name());
  EXPECT_EQ(counts(agent_).unread(), 1);
  EXPECT_EQ(database_.value("SELECT headers->>'audience_users' FROM outbox WHERE type = "
                            "'notifications.notification.created'"),
            "[\"" + agent_.id + "\"]");
  EXPECT_THAT(told(colleague_), IsEmpty());
  EXPECT_THAT(told(head_), IsEmpty());
}

TEST_F(ExportsTest, ItsOwnerIsToldOnceThatItFailed) {
  given_deals(3);
  deals_->before_page = [&](int) { sessions_->ended.insert(agent_.session_id); };
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "failed"));
  run_for(std::chrono::milliseconds(1200));

  const auto mine = told(agent_);
  ASSERT_THAT(mine, SizeIs(1));
  EXPECT_EQ(mine[0].kind(), v1::NOTIFICATION_KIND_EXPORT_FAILED);
  EXPECT_EQ(mine[0].details().title(), "Сделки");
  EXPECT_EQ(mine[0].details().error(), "session_ended");
}

TEST_F(ExportsTest, WhoCancelsIsNotToldOfIt) {
  given_deals(3);
  const auto started = start_export(agent_, deals_as(kCsv));
  ASSERT_TRUE(cancel(agent_, started->id()).ok());
  start();
  run_for(std::chrono::milliseconds(1200));

  EXPECT_THAT(told(agent_), IsEmpty());
}

TEST_F(ExportsTest, QuietHoursHoldTheOtherChannels) {
  std::vector<std::string> sent;
  Channel pager{.name = "pager", .send = [&](std::string user, v1::Notification) {
                  sent.push_back(std::move(user));
                  return []() -> awaitable<Result<void>> { co_return Result<void>(); }();
                }};
  v1::UpdateNotificationSettingsRequest quiet;
  quiet.mutable_update_mask()->add_paths("quiet_from");
  quiet.mutable_update_mask()->add_paths("quiet_to");
  quiet.set_quiet_from("00:00");
  quiet.set_quiet_to("23:59");
  ASSERT_TRUE(call<v1::NotificationSettings>(agent_, "UpdateNotificationSettings", quiet).ok());
  given_deals(1);
  const auto started = start_export(agent_, deals_as(kCsv));
  start({pager});
  ASSERT_TRUE(ends(started->id(), "done"));

  EXPECT_TRUE(eventually("SELECT state FROM deliveries WHERE channel = 'pager'", "held"));
  EXPECT_THAT(told(agent_), SizeIs(1));
  EXPECT_THAT(sent, IsEmpty());
}

}  // namespace
}  // namespace bordero::notifications
