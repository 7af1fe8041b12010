#include "services/audit/src/entries/entry_store.hpp"

namespace bordero::audit {
namespace {

Tree tree_from(const pg::Row& row) {
  auto tree = Tree::unpack(row.get<std::int64_t>("size"), row.get<pg::Bytes>("peaks").value);
  if (!tree) throw Broken("the stored tree is damaged: " + tree.error().reason);
  return std::move(tree).value();
}

Entry entry_from(const pg::Row& row) {
  return Entry{.position = row.get<std::int64_t>("position"),
               .event_id = std::string(row.text("event_id")),
               .at = row.get<Instant>("at"),
               .actor_id = std::string(row.text("actor_id")),
               .action = std::string(row.text("action")),
               .entity_type = std::string(row.text("entity_type")),
               .entity_id = std::string(row.text("entity_id")),
               .entity_version = row.get<int>("entity_version"),
               .service = std::string(row.text("service")),
               .reason = std::string(row.text("reason")),
               .trace_id = std::string(row.text("trace_id")),
               .before = std::string(row.text("before")),
               .after = std::string(row.text("after")),
               .details = std::string(row.text("details"))};
}

}  // namespace

awaitable<LockedTree> lock_tree(pg::Transaction& tx, const std::string& event_id) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT size, peaks, EXISTS (SELECT FROM entries WHERE event_id = $1) AS recorded
        FROM tree
         FOR UPDATE)sql",
                                        event_id);
  if (!row) throw Broken("the tree has lost its row");
  co_return LockedTree{.tree = tree_from(*row), .recorded = row->get<bool>("recorded")};
}

awaitable<Tree> read_tree(pg::Transaction& tx) {
  const auto row = co_await tx.find_one("SELECT size, peaks FROM tree");
  if (!row) throw Broken("the tree has lost its row");
  co_return tree_from(*row);
}

void append_entry(pg::Transaction& tx, Tree& tree, Entry entry) {
  entry.position = tree.size();
  const Hash leaf = leaf_of(entry);
  tree.append(leaf);
  tx.execute(R"sql(
      INSERT INTO entries (position, event_id, at, actor_id, action, entity_type, entity_id,
                           entity_version, service, reason, trace_id, before, after, details, leaf)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql",
             entry.position, entry.event_id, entry.at, entry.actor_id, entry.action,
             entry.entity_type, entry.entity_id, entry.entity_version, entry.service, entry.reason,
             entry.trace_id, entry.before, entry.after, entry.details, pg::Bytes{bytes_of(leaf)});
  tx.execute("UPDATE tree SET size = $1, peaks = $2", tree.size(), pg::Bytes{tree.packed()});
}

awaitable<std::vector<StoredEntry>> read_entries(pg::Transaction& tx, std::int64_t from,
                                                 int limit) {
  const auto rows = co_await tx.query(R"sql(
      SELECT position, event_id, at, actor_id, action, entity_type, entity_id, entity_version,
             service, reason, trace_id, before, after, details, leaf
        FROM entries
       WHERE position >= $1
       ORDER BY position
       LIMIT $2)sql",
                                      from, limit);
  std::vector<StoredEntry> entries;
  entries.reserve(rows.size());
  for (const auto& row : rows) {
    entries.push_back({.entry = entry_from(row), .leaf = row.get<pg::Bytes>("leaf").value});
  }
  co_return entries;
}

}  // namespace bordero::audit
