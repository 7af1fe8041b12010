#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "services/audit/src/entries/entry.hpp"

namespace bordero::audit {

// Whether each record's versions 1, 2, 3, … all stand in the log: a change that was never recorded
// leaves a hole that no hash shows. Several events may tell of one version, and a parked one comes
// late; kinds without versions carry 0.
class VersionCheck {
 public:
  void add(const Entry& entry);
  // The first entry whose record misses an earlier version.
  std::optional<std::int64_t> first_hole() const;

 private:
  struct Seen {
    int up_to = 0;        // Every version from 1 to this one was seen.
    std::set<int> ahead;  // Seen beyond a hole.
    std::int64_t hole_at = 0;
  };
  std::unordered_map<std::string, Seen> records_;
};

}  // namespace bordero::audit
