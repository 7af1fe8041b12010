#pragma once

#include <vector>

#include "platform/pg/database.hpp"
#include "services/audit/src/entries/entry.hpp"

namespace bordero::audit {

// Reads the tree and holds it until the transaction ends: whoever holds it may append.
struct LockedTree {
  Tree tree;
  bool recorded = false;  // The event asked about stands in the log already.
};
awaitable<LockedTree> lock_tree(pg::Transaction& tx, const std::string& event_id);
awaitable<Tree> read_tree(pg::Transaction& tx);

// Queued: the entry at the tree's end, and the tree with it.
void append_entry(pg::Transaction& tx, Tree& tree, Entry entry);

struct StoredEntry {
  Entry entry;
  std::string leaf;  // As stored; it should be the hash of the entry.
};
// The entries from `from` on, in order of position, at most `limit`.
awaitable<std::vector<StoredEntry>> read_entries(pg::Transaction& tx, std::int64_t from, int limit);

}  // namespace bordero::audit
