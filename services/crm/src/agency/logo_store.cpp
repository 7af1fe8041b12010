#include "services/crm/src/agency/logo_store.hpp"

namespace bordero::crm {

awaitable<std::string> find_logo(pg::Transaction& tx, const std::string& digest) {
  if (digest.empty()) co_return std::string();
  const auto row = co_await tx.find_one("SELECT data FROM agency_logos WHERE digest = $1", digest);
  if (!row) co_return std::string();
  co_return row->get<pg::Bytes>("data").value;
}

awaitable<std::string> missing_logo(pg::Transaction& tx) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT a.logo_digest
        FROM agency a
       WHERE a.logo_digest <> ''
         AND NOT EXISTS (SELECT FROM agency_logos l WHERE l.digest = a.logo_digest))sql");
  if (!row) co_return std::string();
  co_return row->get<std::string>("logo_digest");
}

void keep_logo(pg::Transaction& tx, const std::string& digest, std::string data) {
  const pg::Bytes bytes{std::move(data)};
  tx.execute("INSERT INTO agency_logos (digest, data) VALUES ($1, $2) ON CONFLICT DO NOTHING",
             digest, bytes);
}

}  // namespace bordero::crm
