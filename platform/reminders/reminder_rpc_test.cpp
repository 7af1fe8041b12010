#include <algorithm>

#include "platform/reminders/reminders_fixture.hpp"

namespace bordero::reminders {
namespace {

class ReminderRpcTest : public RemindersTest {};

TEST_F(ReminderRpcTest, TheDryRunSaysWhatWillFireAndChangesNothing) {
  given_bill("2026-11-23");
  given_bill("2026-12-10");
  given_bill("2027-03-01");

  const auto reply = list(ListRemindersRequest());

  ASSERT_TRUE(reply.ok());
  std::vector<std::string> told;
  for (const auto& reminder : reply->reminders()) {
    told.push_back(reminder.fires_on() + " " + std::to_string(reminder.offset_days()) + " " +
                   reminder.title());
  }
  EXPECT_THAT(told,
              ::testing::ElementsAre("2026-11-23 0 П-2026-11-23", "2026-12-07 -3 П-2026-12-10",
                                     "2026-12-10 0 П-2026-12-10"));
  ASSERT_EQ(reply->counts_size(), 3);
  EXPECT_EQ(reply->counts(0).count(), 1);
  EXPECT_EQ(events(), 0);
  EXPECT_EQ(database_.value("SELECT count(*) FROM fired_reminders"), "0");
}

TEST_F(ReminderRpcTest, TheDryRunIsPagedByRule) {
  given_bills(7, "2026-11-26");
  given_bills(4, "2026-11-25");
  ListRemindersRequest request;
  request.set_rule(common::v1::REMINDER_RULE_PAYMENT_DUE);
  request.set_page_size(4);
  std::vector<std::string> seen;
  do {
    const auto reply = list(request);
    ASSERT_TRUE(reply.ok());
    for (const auto& reminder : reply->reminders()) {
      seen.push_back(reminder.fires_on() + reminder.subject_id());
    }
    request.set_page_token(reply->next_page_token());
  } while (!request.page_token().empty());

  EXPECT_EQ(seen.size(), 18U);  // -3 of the 26th, 0 of both.
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
    return a.substr(0, 10) < b.substr(0, 10);
  }));
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_F(ReminderRpcTest, TheDryRunRefusesWhatItCannotAnswer) {
  ListRemindersRequest request;
  request.set_on("2027-11-26");
  EXPECT_EQ(list(request).error().fields.at(0).code, "outside_the_window");

  request.set_on("");
  request.set_page_token("AAAA");
  EXPECT_EQ(list(request).error().fields.at(0).code, "needs_rule");
  request.set_rule(common::v1::REMINDER_RULE_PAYMENT_DUE);
  EXPECT_EQ(list(request).error().fields.at(0).code, "of_another_list");
}

}  // namespace
}  // namespace bordero::reminders
