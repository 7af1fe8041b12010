#pragma once

#include <string>
#include <vector>

#include "bordero/common/v1/jobs.pb.h"
#include "bordero/notifications/v1/jobs.pb.h"
#include "platform/base/clock.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

// What holds for every job: its limits, who may have its file, and what the file is called.
namespace bordero::notifications {

inline constexpr int kMaxExportRows = 100'000;
inline constexpr std::size_t kMaxExportBytes = 64 * 1024 * 1024;
inline constexpr std::size_t kPartBytes = 512 * 1024;
inline constexpr int kMaxJobsAPerson = 5;  // Waiting or running.

// The rights that a job began with.
struct JobRights {
  std::string role;
  std::int64_t epoch = 0;
  std::vector<std::string> left_deals = {};
  bool left_since = false;  // Whether our copy of deals has seen its owner leave another.
};

// A total beyond the limit is refused at once; an estimate only when it is far beyond.
Result<void> check_total(int total, bool estimated);
// Whether its owner may have the file now. `left` are the deals that they have left by now, or why
// that is not known: a file made before somebody left a deal is no longer theirs.
Result<void> may_download(const common::v1::Job& job, const JobRights& then, const Caller& now,
                          const Result<std::vector<std::string>>& left);

// "Сделки 2026-11-23.xlsx"; what file systems dislike is left out.
std::string job_file_name(const std::string& title, common::v1::ExportFormat format, Date today);
std::string content_type_of(common::v1::ExportFormat format);

}  // namespace bordero::notifications
