#include "bordero/common/v1/due.pb.h"
#include "services/notifications/tests/notifications_fixture.hpp"

namespace bordero::notifications {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Stands for a service that counts: this is due for one person.
class BusyPeer : public rpc::Channel {
 public:
  BusyPeer(std::string busy, common::v1::DueCount due)
      : busy_(std::move(busy)), due_(std::move(due)) {}
  awaitable<rpc::AnyReply> call(rpc::Envelope envelope, const rpc::Message& request,
                                const rpc::Message& prototype) override {
    if (down) co_return unavailable("peer_down");
    rpc::Answer answer;
    answer.message.reset(prototype.New());
    if (envelope.method.ends_with("/CountDue")) {
      auto& reply = static_cast<common::v1::CountDueReply&>(*answer.message);
      for (const auto& id : static_cast<const common::v1::CountDueRequest&>(request).user_ids()) {
        if (id != busy_) continue;
        auto& one = *reply.add_counts();
        one = due_;
        one.set_user_id(id);
      }
    }
    co_return answer;
  }
  bool connected() const override { return !down; }
  bool down = false;

 private:
  std::string busy_;
  common::v1::DueCount due_;
};

common::v1::DueCount due(common::v1::DueKind kind, int count, int overdue) {
  common::v1::DueCount one;
  one.set_kind(kind);
  one.set_count(count);
  one.set_overdue(overdue);
  return one;
}

class DigestTest : public NotificationsTest {
 protected:
  DigestTest() {
    auto tasks = std::make_unique<BusyPeer>(agent_.id, due(common::v1::DUE_KIND_TASK, 3, 1));
    tasks_ = tasks.get();
    peers_.set("tasks", std::move(tasks));
    peers_.set("payments", std::make_unique<BusyPeer>(
                               finance_.id, due(common::v1::DUE_KIND_CONFIRMATION, 7, 0)));
  }
  static void set_clock(const char* time) {
    const auto ahead = *parse_instant(time) - std::chrono::system_clock::now();
    clock::shift(std::chrono::duration_cast<std::chrono::seconds>(ahead));
  }
  void turn() { run_for(std::chrono::milliseconds(2300)); }

  BusyPeer* tasks_;
};

TEST_F(DigestTest, ComesOnceADayAtItsTimeToWhomSomethingIsDue) {
  set_clock("2026-11-23T05:29:40Z");  // 08:29 in Moscow.
  start();
  turn();
  EXPECT_THAT(told(agent_), IsEmpty());

  set_clock("2026-11-23T05:30:10Z");
  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications", "2"));
  const auto mine = told(agent_);
  EXPECT_EQ(mine[0].kind(), v1::NOTIFICATION_KIND_DIGEST);
  ASSERT_EQ(mine[0].details().due_size(), 1);
  EXPECT_EQ(mine[0].details().due(0).kind(), common::v1::DUE_KIND_TASK);
  EXPECT_EQ(mine[0].details().due(0).count(), 3);
  EXPECT_EQ(mine[0].details().due(0).overdue(), 1);
  EXPECT_EQ(told(finance_)[0].details().due(0).kind(), common::v1::DUE_KIND_CONFIRMATION);
  EXPECT_THAT(told(colleague_), IsEmpty());

  stop();
  start();
  turn();
  EXPECT_THAT(told(agent_), SizeIs(1));
  set_clock("2026-11-24T05:31:00Z");
  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications", "4"));
}

TEST_F(DigestTest, WaitsForWhoCountsButNotForEver) {
  tasks_->down = true;
  set_clock("2026-11-23T05:31:00Z");
  start();
  turn();
  EXPECT_THAT(told(agent_), IsEmpty());

  tasks_->down = false;
  ASSERT_TRUE(eventually("SELECT count(*) FROM notifications", "2"));

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
