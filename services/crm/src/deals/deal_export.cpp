#include "services/crm/src/deals/deal_export.hpp"

namespace bordero::crm {

awaitable<v1::ExportDealsReply> export_deals_after(pg::Transaction& tx,
                                                   std::optional<Id<Deal>> after) {
  const auto rows = co_await tx.query(R"sql(
      SELECT d.id, d.number, d.client_id, c.short_name AS client_name, d.title, d.status,
             d.lead_agent_id, d.executor_id, d.finance_controller_id, d.version,
             (SELECT jsonb_agg(jsonb_build_object('user_id', m.user_id, 'function', m.function))
                FROM deal_members m
               WHERE m.deal_id = d.id) AS members
        FROM deals d
        JOIN clients c ON c.id = d.client_id
       WHERE $1::uuid IS NULL OR d.id > $1
       ORDER BY d.id
       LIMIT 500)sql",
                                      after);
  v1::ExportDealsReply reply;
  for (const auto& row : rows) *reply.add_deals() = row.to<v1::Deal>();
  co_return reply;
}

}  // namespace bordero::crm
