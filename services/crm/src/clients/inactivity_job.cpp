#include "services/crm/src/clients/inactivity_job.hpp"

#include "platform/background/take_some.hpp"
#include "platform/base/months.hpp"
#include "services/crm/src/clients/client_activation.hpp"

namespace bordero::crm {
namespace {

constexpr int kMonths = 24;

std::string ended_sql() {
  return R"sql(
    SELECT p.id, p.client_id
      FROM policies p
     WHERE p.status = 'closed' AND NOT p.client_checked AND p.closed_on <= $1 AND )sql" +
         background::not_set_aside(kRetireClients, "p.id") + R"sql(
     ORDER BY p.closed_on, p.id
     LIMIT $2
       FOR UPDATE SKIP LOCKED)sql";
}
// Held in the order of ids, as everywhere, so that nobody's first policy slips in between.
constexpr std::string_view kHold = R"sql(
    SELECT id FROM clients
     WHERE id = ANY($1::uuid[]) AND status = 'active'
     ORDER BY id
       FOR UPDATE)sql";
constexpr std::string_view kWithoutPolicies = R"sql(
    SELECT c.id
      FROM clients c
     WHERE c.id = ANY($1::uuid[])
       AND NOT EXISTS (SELECT FROM policies p
                        WHERE p.client_id = c.id
                          AND (p.status IN ('active', 'renewal_pending') OR p.closed_on > $2))
     ORDER BY c.id)sql";

std::vector<std::string> column(const pg::Rows& rows, const char* name) {
  std::vector<std::string> values;
  for (const auto& row : rows) values.emplace_back(row.text(name));
  return values;
}

awaitable<Result<void>> retire(pg::Transaction& tx, Context& ctx, background::Portion& portion) {
  static const std::string sql = ended_sql();
  const Date since = plus_months(clock::today(), -kMonths);
  const auto ended = co_await tx.query(sql, since, portion.limit);
  if (ended.empty()) co_return Result<void>();
  portion.ids = column(ended, "id");
  tx.execute("UPDATE policies SET client_checked = true WHERE id = ANY($1::uuid[])", portion.ids);
  const auto held = co_await tx.query(kHold, column(ended, "client_id"));
  const auto without = co_await tx.query(kWithoutPolicies, column(held, "id"), since);
  for (const auto& id : column(without, "id")) co_await make_client_inactive(tx, ctx, id);
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> retire_clients(pg::Database& db) {
  return background::take_some(db, {.name = kRetireClients}, retire);
}

}  // namespace bordero::crm
