#include "services/crm/src/clients/inactivity_job.hpp"

#include "platform/base/clock.hpp"
#include "services/crm/src/clients/client_activation.hpp"

namespace bordero::crm {
namespace {

constexpr int kAtOnce = 200;
constexpr int kMonths = 24;
constexpr std::chrono::seconds kStepLimit{30};

constexpr std::string_view kEnded = R"sql(
    SELECT p.id, p.client_id
      FROM policies p
     WHERE p.status = 'closed' AND NOT p.client_checked AND p.closed_on <= $1
     ORDER BY p.closed_on
     LIMIT $2
       FOR UPDATE SKIP LOCKED)sql";
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

Date months_before(Date day, int months) {
  std::chrono::year_month_day moved =
      std::chrono::year_month_day(day.day) - std::chrono::months(months);
  if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
  return {std::chrono::sys_days(moved)};
}

}  // namespace

awaitable<Result<bool>> retire_clients(pg::Database& db) {
  Context ctx = system_context("client_without_policies", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const Date since = months_before(clock::today(), kMonths);
  const auto ended = co_await tx.query(kEnded, since, kAtOnce);
  if (ended.empty()) co_return false;
  tx.execute("UPDATE policies SET client_checked = true WHERE id = ANY($1::uuid[])",
             column(ended, "id"));
  const auto held = co_await tx.query(kHold, column(ended, "client_id"));
  const auto without = co_await tx.query(kWithoutPolicies, column(held, "id"), since);
  for (const auto& id : column(without, "id")) co_await make_client_inactive(tx, ctx, id);
  CO_TRY_VOID(co_await tx.commit());
  co_return ended.size() == static_cast<std::size_t>(kAtOnce);
}

}  // namespace bordero::crm
