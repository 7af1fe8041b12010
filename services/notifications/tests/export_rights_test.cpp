#include "services/notifications/tests/exports_fixture.hpp"

namespace bordero::notifications {
namespace {

constexpr auto kCsv = common::v1::EXPORT_FORMAT_CSV;

TEST_F(ExportsTest, JobsOfOthersAreNotFound) {
  given_deals(1);
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  EXPECT_EQ(job(colleague_, started->id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(job(head_, started->id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(part(colleague_, started->id()).error().kind, ErrorKind::not_found);
  EXPECT_EQ(cancel(colleague_, started->id()).error().kind, ErrorKind::not_found);
  const auto listed = call<common::v1::ListJobsReply>(colleague_, "JobService/ListJobs",
                                                      common::v1::ListJobsRequest());
  EXPECT_EQ(listed->total_size(), 0);
  const auto own =
      call<common::v1::ListJobsReply>(agent_, "JobService/ListJobs", common::v1::ListJobsRequest());
  ASSERT_EQ(own->jobs_size(), 1);
  EXPECT_TRUE(own->jobs(0).can(0).allowed());
}

TEST_F(ExportsTest, EndsWithTheSession) {
  given_deals(1000);
  const auto started = start_export(agent_, deals_as(kCsv));
  // After the last page: what is ready by then is not kept either.
  deals_->before_page = [&](int page) {
    if (page == 5) sessions_->ended.insert(agent_.session_id);
  };
  start();
  ASSERT_TRUE(ends(started->id(), "failed"));

  EXPECT_EQ(job(agent_, started->id())->error(), "session_ended");
  EXPECT_EQ(database_.value("SELECT count(*) FROM job_parts"), "0");
  EXPECT_EQ(events(), "notifications.job.started notifications.job.finished");
}

TEST_F(ExportsTest, WhoseSessionEndedWhileWaitingGetsNothing) {
  given_deals(1);
  const auto started = start_export(agent_, deals_as(kCsv));
  sessions_->ended.insert(agent_.session_id);
  start();
  ASSERT_TRUE(ends(started->id(), "failed"));

  EXPECT_EQ(deals_->pages, 0);
}

TEST_F(ExportsTest, TheFileIsNotForOtherRightsThanItWasMadeWith) {
  given_deals(1);
  const auto started = start_export(head_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "done"));

  Person demoted = head_;
  demoted.role = Role::agent;
  EXPECT_EQ(part(demoted, started->id()).error().reason, "rights_changed");
  Person reset = head_;
  reset.epoch = 1;
  EXPECT_EQ(part(reset, started->id()).error().reason, "rights_changed");
  EXPECT_FALSE(job(reset, started->id())->can(0).allowed());
  EXPECT_TRUE(part(head_, started->id()).ok());
}

TEST_F(ExportsTest, WhoLeavesADealLosesTheFileOfBefore) {
  given_deals(1);
  redis::Client redis(io_.get_executor(), redis_url_);
  while (!redis.connected()) run_for(std::chrono::milliseconds(20));
  const auto leave = [&](const std::string& deal) {
    const std::vector<std::string> words = {"SADD", "left:" + agent_.id, deal};
    ASSERT_TRUE(run(redis.command(words)).ok());
  };
  leave(Uuid::v7().str());
  const auto started = start_export(agent_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(started->id(), "done"));
  EXPECT_TRUE(part(agent_, started->id()).ok()) << "left before it began";

  leave(Uuid::v7().str());

  EXPECT_EQ(part(agent_, started->id()).error().reason, "rights_changed");
}

TEST_F(ExportsTest, WithoutRedisTheFileIsForThoseWhoSeeAllAlone) {
  given_deals(1);
  const auto agents = start_export(agent_, deals_as(kCsv));
  const auto heads = start_export(head_, deals_as(kCsv));
  start();
  ASSERT_TRUE(ends(agents->id(), "done"));
  ASSERT_TRUE(ends(heads->id(), "done"));

  redis_.refuse(true);

  const auto refusal = part(agent_, agents->id());
  ASSERT_FALSE(refusal.ok());
  EXPECT_EQ(refusal.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(refusal.error().reason, "rights_not_known");
  EXPECT_EQ(job(agent_, agents->id())->can(0).reason(), "rights_not_known");
  EXPECT_TRUE(part(head_, heads->id()).ok());
}

TEST_F(ExportsTest, WhatRedisWasNotToldTheCopyOfDealsRemembers) {
  given_deals(1);
  start();
  const auto with = given_deal(head_, {agent_});
  auto without = deal(head_);
  without.set_id(with.id());
  const auto team_becomes = [&](crm::v1::Deal team, int version) {
    team.set_version(version);
    crm::v1::DealTeamChanged event;
    *event.mutable_after() = team;
    happens(event, head_, team.id(), version);
  };
  const auto first = start_export(agent_, deals_as(kCsv));
  ASSERT_TRUE(ends(first->id(), "done"));
  EXPECT_TRUE(part(agent_, first->id()).ok());

  team_becomes(without, 2);
  EXPECT_EQ(part(agent_, first->id()).error().reason, "rights_changed");
  const auto second = start_export(agent_, deals_as(kCsv));
  ASSERT_TRUE(ends(second->id(), "done"));
  EXPECT_TRUE(part(agent_, second->id()).ok()) << "left before it began";

  team_becomes(with, 3);
  EXPECT_TRUE(part(agent_, first->id()).ok()) << "theirs again";
}

}  // namespace
}  // namespace bordero::notifications
