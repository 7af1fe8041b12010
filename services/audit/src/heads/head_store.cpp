#include "services/audit/src/heads/head_store.hpp"

#include <algorithm>

namespace bordero::audit {
namespace {

Head head_from(const pg::Row& row) {
  Head head{.size = row.get<std::int64_t>("size"),
            .signed_at = row.get<Instant>("signed_at"),
            .signature = row.get<pg::Bytes>("signature").value,
            .public_key = row.get<pg::Bytes>("public_key").value};
  const std::string root = row.get<pg::Bytes>("root").value;
  if (root.size() != head.root.size()) throw Broken("a stored head has a malformed root");
  std::copy(root.begin(), root.end(), head.root.begin());
  return head;
}

}  // namespace

awaitable<std::optional<StoredHead>> find_newest_head(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT size, root, peaks, signed_at, signature, public_key
        FROM heads
       ORDER BY size DESC
       LIMIT 1)sql");
  if (!row) co_return std::nullopt;
  co_return StoredHead{.head = head_from(*row), .peaks = row->get<pg::Bytes>("peaks").value};
}

awaitable<std::vector<Head>> read_heads(pg::Transaction& tx, std::int64_t from, std::int64_t to) {
  const auto rows = co_await tx.query(R"sql(
      SELECT size, root, signed_at, signature, public_key
        FROM heads
       WHERE size > $1 AND size <= $2
       ORDER BY size)sql",
                                      from, to);
  std::vector<Head> heads;
  for (const auto& row : rows) heads.push_back(head_from(row));
  co_return heads;
}

void save_head(pg::Transaction& tx, const Head& head, const Tree& tree) {
  tx.execute(R"sql(
      INSERT INTO heads (size, root, peaks, signed_at, signature, public_key)
      SELECT $1, $2, $3, $4, $5, $6
       WHERE NOT EXISTS (SELECT FROM heads WHERE size >= $1)
          ON CONFLICT (size) DO NOTHING)sql",
             head.size, pg::Bytes{bytes_of(head.root)}, pg::Bytes{tree.packed()}, head.signed_at,
             pg::Bytes{head.signature}, pg::Bytes{head.public_key});
}

}  // namespace bordero::audit
