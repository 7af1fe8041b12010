#include "services/crm/src/deals/deal_activation.hpp"

#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"

namespace bordero::crm {

awaitable<void> activate_paid_deal(pg::Transaction& tx, const Context& ctx,
                                   const std::string& deal_id) {
  const auto paid = co_await tx.find_one(R"sql(
      SELECT d.id
        FROM deals d
       WHERE d.id = $1 AND d.status NOT IN ('active', 'closed')
         AND EXISTS (SELECT FROM policies p
                       JOIN policy_payments y ON y.policy_id = p.id
                      WHERE p.deal_id = d.id AND p.status IN ('active', 'renewal_pending')
                        AND (d.issuance_at IS NULL OR p.activated_at > d.issuance_at)
                        AND y.type = 'client_premium' AND NOT y.voided
                        AND y.status IN ('received', 'paid_out')))sql",
                                         deal_id);
  if (!paid) co_return;
  const auto id = paid->get<Id<Deal>>("id");
  const v1::Deal before = co_await view_deal(tx, id);
  v1::Deal wanted = before;
  wanted.set_status(v1::DEAL_STATUS_ACTIVE);
  save_deal(tx, wanted);
  const v1::Deal after = co_await view_deal(tx, id);
  announce_moved(tx, ctx, before, after);
}

}  // namespace bordero::crm
