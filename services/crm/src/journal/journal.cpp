#include "services/crm/src/journal/journal.hpp"

namespace bordero::crm {

Result<void> may_edit(const JournalEntry& entry, const std::string& user_id) {
  if (entry.author_id != user_id) return forbidden("not_the_author");
  return {};
}

bool keeps_earlier(const JournalEntry& entry, Instant now) {
  return now - entry.created_at > kQuietEdit;
}

}  // namespace bordero::crm
