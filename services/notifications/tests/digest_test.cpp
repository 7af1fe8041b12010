#include "bordero/tasks/v1/reminders.pb.h"
#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Stands for Tasks: has two tasks due and one overdue for one person.
class BusyTasks : public rpc::Channel {
 public:
  explicit BusyTasks(std::string busy) : busy_(std::move(busy)) {}
  awaitable<rpc::AnyReply> call(rpc::Envelope, const rpc::Message& request,
                                const rpc::Message&) override {
    if (down) co_return unavailable("tasks_down");
    const auto& asked = static_cast<const tasks::v1::CountDueTasksRequest&>(request);
    auto reply = std::make_unique<tasks::v1::CountDueTasksReply>();
    for (const auto& id : asked.assignee_ids()) {
      if (id != busy_) continue;
      auto& counts = *reply->add_counts();
      counts.set_assignee_id(id);
      counts.set_due_today(2);
      counts.set_overdue(1);
    }
    rpc::Answer answer;
    answer.message = std::move(reply);
    co_return answer;
  }
  bool connected() const override { return !down; }
  bool down = false;

 private:
  std::string busy_;
};

class DigestTest : public NotificationsTest {
 protected:
  DigestTest() {
    auto tasks = std::make_unique<BusyTasks>(agent_.id);
    tasks_ = tasks.get();
    peers_.set("tasks", std::move(tasks));
  }
  static void set_clock(const char* time) {
    const auto ahead = *parse_instant(time) - std::chrono::system_clock::now();
    clock::shift(std::chrono::duration_cast<std::chrono::seconds>(ahead));
  }
  void turn() { run_for(std::chrono::milliseconds(2300)); }

  BusyTasks* tasks_;
};

TEST_F(DigestTest, ComesOnceADayAtItsTimeToWhomSomethingIsDue) {
  set_clock("2026-11-23T05:29:40Z");  // 08:29 in Moscow.
  start();
  turn();
  EXPECT_THAT(told(agent_), IsEmpty());

  set_clock("2026-11-23T05:30:10Z");
  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications", "1"));
  const auto mine = told(agent_);
  EXPECT_EQ(mine[0].kind(), v1::NOTIFICATION_KIND_DIGEST);
  EXPECT_EQ(mine[0].details().due_today(), 2);
  EXPECT_EQ(mine[0].details().overdue(), 1);
  EXPECT_THAT(told(colleague_), IsEmpty());

  stop();
  start();
  turn();
  EXPECT_THAT(told(agent_), SizeIs(1));
  set_clock("2026-11-24T05:31:00Z");
  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications", "2"));
}

TEST_F(DigestTest, WaitsForTasksButNotForEver) {
  tasks_->down = true;
  set_clock("2026-11-23T05:31:00Z");
  start();
  turn();
  EXPECT_THAT(told(agent_), IsEmpty());

  tasks_->down = false;
  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications", "1"));

  database_.execute("DELETE FROM notifications; DELETE FROM digests");
  set_clock("2026-11-24T08:45:00Z");  // More than three hours late.
  turn();
  EXPECT_THAT(told(agent_), IsEmpty());
}

TEST_F(DigestTest, NobodyGetsItWhoDoesNotWantIt) {
  v1::UpdateNotificationSettingsRequest request;
  request.mutable_update_mask()->add_paths("digest");
  ASSERT_TRUE(call<v1::NotificationSettings>(agent_, "UpdateNotificationSettings", request).ok());
  set_clock("2026-11-23T05:31:00Z");
  start();
  turn();

  EXPECT_THAT(told(agent_), IsEmpty());
}

}  // namespace
}  // namespace bordero::notifications
