#include "services/notifications/src/jobs/job.hpp"

#include <gtest/gtest.h>

namespace bordero::notifications {
namespace {

common::v1::Job done_job() {
  common::v1::Job job;
  job.set_status(common::v1::JOB_STATUS_DONE);
  return job;
}
using Left = std::vector<std::string>;
const JobRights kThen{.role = "agent", .epoch = 3, .left_deals = {"a"}};

TEST(JobFile, IsForTheRightsItWasMadeWith) {
  const Caller same{.role = Role::agent, .epoch = 3};

  EXPECT_TRUE(may_download(done_job(), kThen, same, Left{"a"}).ok());
  EXPECT_EQ(may_download(common::v1::Job(), kThen, same, Left{"a"}).error().reason, "job_not_done");
  const Caller promoted{.role = Role::admin, .epoch = 3};
  EXPECT_EQ(may_download(done_job(), kThen, promoted, Left{"a"}).error().reason, "rights_changed");
  const Caller reset{.role = Role::agent, .epoch = 4};
  EXPECT_EQ(may_download(done_job(), kThen, reset, Left{"a"}).error().reason, "rights_changed");
}

TEST(JobFile, IsNoLongerForWhoLeftADealSince) {
  const Caller agent{.role = Role::agent, .epoch = 3};
  EXPECT_EQ(may_download(done_job(), kThen, agent, Left{"a", "b"}).error().reason,
            "rights_changed");
  JobRights seen = kThen;
  seen.left_since = true;
  EXPECT_EQ(may_download(done_job(), seen, agent, Left{"a"}).error().reason, "rights_changed");

  const JobRights heads{.role = "head", .epoch = 3};
  const Caller head{.role = Role::head, .epoch = 3};
  EXPECT_TRUE(may_download(done_job(), heads, head, Left{"a", "b"}).ok());
}

TEST(JobFile, WaitsWhileNobodyKnowsWhatItsOwnerLeft) {
  const Result<Left> unknown = unavailable("rights_not_known");
  const Caller agent{.role = Role::agent, .epoch = 3};
  EXPECT_EQ(may_download(done_job(), kThen, agent, unknown).error().kind, ErrorKind::unavailable);

  const Caller head{.role = Role::head};
  EXPECT_TRUE(may_download(done_job(), {.role = "head"}, head, unknown).ok());
}

TEST(JobRows, AnEstimateIsBelievedLessThanACount) {
  EXPECT_TRUE(check_total(100'000, false).ok());
  EXPECT_EQ(check_total(100'001, false).error().reason, "too_many_rows");
  EXPECT_TRUE(check_total(150'000, true).ok());
  EXPECT_EQ(check_total(2'000'000, true).error().reason, "too_many_rows");
}

TEST(JobFileName, HoldsNothingThatAFileSystemOrAReaderTrips) {
  const Date day = *Date::parse("2026-11-23");

  EXPECT_EQ(job_file_name("Сделки", common::v1::EXPORT_FORMAT_XLSX, day), "Сделки 2026-11-23.xlsx");
  EXPECT_EQ(job_file_name("../a/b\r\n\"x\"", common::v1::EXPORT_FORMAT_CSV, day),
            "-a-b-x- 2026-11-23.csv");
  EXPECT_EQ(job_file_name("x\xE2\x80\xAEgnp", common::v1::EXPORT_FORMAT_CSV, day),
            "xgnp 2026-11-23.csv");
  EXPECT_EQ(job_file_name(" . ", common::v1::EXPORT_FORMAT_CSV, day), "export 2026-11-23.csv");
}

}  // namespace
}  // namespace bordero::notifications
