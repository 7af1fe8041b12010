#include "services/audit/src/offline/version_check.hpp"

#include <algorithm>
#include <iterator>

namespace bordero::audit {

void VersionCheck::add(const Entry& entry) {
  const int version = entry.entity_version;
  if (version <= 0) return;
  Runs& runs = records_[entry.entity_type + '/' + entry.entity_id];

  auto next = runs.upper_bound(version);
  if (next != runs.begin()) {
    const auto current = std::prev(next);
    if (version <= current->second.last) return;
    if (version == current->second.last + 1) {
      current->second.last = version;
      if (next == runs.end() || next->first > version + 1) return;
      current->second.last = next->second.last;
      runs.erase(next);
      return;
    }
  }
  Run run{.last = version, .position = entry.position};
  if (next != runs.end() && next->first == version + 1) {
    run = {.last = next->second.last, .position = std::min(run.position, next->second.position)};
    runs.erase(next);
  }
  runs.emplace(version, run);
}

std::optional<std::int64_t> VersionCheck::first_hole() const {
  std::optional<std::int64_t> first;
  for (const auto& [record, runs] : records_) {
    if (runs.size() < 2) continue;
    const auto position = std::next(runs.begin())->second.position;
    if (!first || position < *first) first = position;
  }
  return first;
}

}  // namespace bordero::audit
