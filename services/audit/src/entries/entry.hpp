#pragma once

#include <cstdint>
#include <string>

#include "platform/base/clock.hpp"
#include "services/audit/src/merkle/tree.hpp"

namespace bordero::audit {

// One record of the log. `before`, `after` and `details` are canonical JSON, or empty.
struct Entry {
  std::int64_t position = 0;
  std::string event_id;
  Instant at;
  std::string actor_id;
  std::string action;
  std::string entity_type;
  std::string entity_id;
  int entity_version = 0;
  std::string service;
  std::string reason;
  std::string trace_id;
  std::string before;
  std::string after;
  std::string details;
};

// What is hashed: the form's name and each field above, in that order, as netstrings ("5:hello,").
// Lengths make it unambiguous: no text can move from one field into the next. A change of this form
// is a new name, and old entries keep theirs.
std::string canonical(const Entry& entry);
Hash leaf_of(const Entry& entry);

}  // namespace bordero::audit
