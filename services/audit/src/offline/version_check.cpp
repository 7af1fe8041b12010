#include "services/audit/src/offline/version_check.hpp"

#include <algorithm>

namespace bordero::audit {

void VersionCheck::add(const Entry& entry) {
  if (entry.entity_version <= 0) return;
  Seen& seen = records_[entry.entity_type + '/' + entry.entity_id];
  if (entry.entity_version > seen.up_to + 1) {
    if (seen.ahead.empty()) seen.hole_at = entry.position;
    seen.ahead.insert(entry.entity_version);
    return;
  }
  seen.up_to = std::max(seen.up_to, entry.entity_version);
  while (!seen.ahead.empty() && *seen.ahead.begin() <= seen.up_to + 1) {
    seen.up_to = std::max(seen.up_to, *seen.ahead.begin());
    seen.ahead.erase(seen.ahead.begin());
  }
}

std::optional<std::int64_t> VersionCheck::first_hole() const {
  std::optional<std::int64_t> first;
  for (const auto& [record, seen] : records_) {
    if (!seen.ahead.empty() && (!first || seen.hole_at < *first)) first = seen.hole_at;
  }
  return first;
}

}  // namespace bordero::audit
