#pragma once

#include <optional>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/audit/src/heads/head.hpp"

namespace bordero::audit {

struct StoredHead {
  Head head;
  std::string peaks;  // Of the tree at that size.
};
awaitable<std::optional<StoredHead>> find_newest_head(pg::Transaction& tx);
// The heads with from < size <= to, smallest first.
awaitable<std::vector<Head>> read_heads(pg::Transaction& tx, std::int64_t from, std::int64_t to);

// Queued. Stays without effect when another signer came as far or farther.
void save_head(pg::Transaction& tx, const Head& head, const Tree& tree);

}  // namespace bordero::audit
