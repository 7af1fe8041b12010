#pragma once

#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/result.hpp"

namespace bordero::crm {

// What the rules need to know about a journal entry; the full view is v1::JournalEntry.
struct JournalEntry {
  std::string author_id;
  Instant created_at;
};

constexpr std::chrono::minutes kQuietEdit{15};

Result<void> may_edit(const JournalEntry& entry, const std::string& user_id);
// Whether what the entry said before an edit stays visible.
bool keeps_earlier(const JournalEntry& entry, Instant now);

}  // namespace bordero::crm
