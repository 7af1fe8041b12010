#include "services/notifications/src/jobs/job.hpp"

#include <algorithm>

#include "platform/policy/policy.hpp"

namespace bordero::notifications {
namespace {

constexpr int kEstimateSlack = 2;

bool sees_all_deals(Role role) {
  return policy::predicate(role, "deals.read",
                           {.lead = "lead", .member = "member", .owner = "owner"}) == "true";
}

bool holds(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: they make a name look like another.
bool is_direction_mark(std::string_view rest) {
  if (!rest.starts_with("\xE2\x80") && !rest.starts_with("\xE2\x81")) return false;
  if (rest.size() < 3) return false;
  const auto last = static_cast<unsigned char>(rest[2]);
  if (rest[1] == '\x81') return last >= 0xA6 && last <= 0xA9;
  return last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);
}

std::string clean_name(std::string_view title) {
  constexpr std::string_view kRefused = "/\\:*?\"<>|";
  std::string name;
  while (!title.empty()) {
    if (is_direction_mark(title)) {
      title.remove_prefix(3);
      continue;
    }
    const char c = title.front();
    title.remove_prefix(1);
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) continue;
    name += kRefused.find(c) == std::string_view::npos ? c : '-';
  }
  const std::size_t first = name.find_first_not_of(" .");
  return first == std::string::npos ? std::string() : name.substr(first);
}

}  // namespace

Result<void> check_total(int total, bool estimated) {
  const int most = estimated ? kMaxExportRows * kEstimateSlack : kMaxExportRows;
  if (total <= most) return {};
  Error error = refused("too_many_rows");
  error.detail = "at most " + std::to_string(kMaxExportRows) + " rows: narrow the filter";
  return error;
}

Result<void> may_download(const common::v1::Job& job, const JobRights& then, const Caller& now,
                          const Result<std::vector<std::string>>& left) {
  if (job.status() != common::v1::JOB_STATUS_DONE) return refused("job_not_done");
  const bool same = then.role == role_name(now.role) && then.epoch == now.epoch;
  if (!same) return refused("rights_changed");
  if (sees_all_deals(now.role)) return {};
  if (then.left_since) return refused("rights_changed");
  if (!left) return left.error();
  const bool left_one = std::any_of(
      left->begin(), left->end(), [&](const auto& deal) { return !holds(then.left_deals, deal); });
  if (left_one) return refused("rights_changed");
  return {};
}

std::string job_file_name(const std::string& title, common::v1::ExportFormat format, Date today) {
  const std::string name = clean_name(title);
  const char* extension = format == common::v1::EXPORT_FORMAT_CSV ? ".csv" : ".xlsx";
  return (name.empty() ? "export" : name) + " " + today.str() + extension;
}

std::string content_type_of(common::v1::ExportFormat format) {
  if (format == common::v1::EXPORT_FORMAT_CSV) return "text/csv; charset=utf-8";
  return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

}  // namespace bordero::notifications
