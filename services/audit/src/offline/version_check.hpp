#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "services/audit/src/entries/entry.hpp"

namespace bordero::audit {

// Whether each record's versions stand in the log without holes: a change that was never recorded
// shows in no hash. The first may be above 1, for records older than the log. Several events may
// tell of one version, and a parked one comes late; kinds without versions carry 0.
class VersionCheck {
 public:
  void add(const Entry& entry);
  // The first entry whose record misses an earlier version.
  std::optional<std::int64_t> first_hole() const;

 private:
  // Versions without a hole between them, and where the first of them stands.
  struct Run {
    int last = 0;
    std::int64_t position = 0;
  };
  using Runs = std::map<int, Run>;  // By first version.
  std::unordered_map<std::string, Runs> records_;
};

}  // namespace bordero::audit
