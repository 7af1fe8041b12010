#include "services/crm/src/policies/renewal_deal.hpp"

#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal.hpp"

namespace bordero::crm {
namespace {

Id<Policy> id_of(const std::string& text) {
  const auto id = Uuid::parse(text);
  ensure(id.has_value(), "a stored policy has an id");
  return Id<Policy>{*id};
}

}  // namespace

void hold_renewed(pg::Transaction& tx, Id<Deal> deal_id) {
  tx.execute(R"sql(
      SELECT FROM deals
       WHERE id = (SELECT p.deal_id FROM deals n JOIN policies p ON p.id = n.renews_policy_id
                    WHERE n.id = $1)
         FOR UPDATE)sql",
             deal_id);
  tx.execute(R"sql(
      SELECT FROM policies WHERE id = (SELECT renews_policy_id FROM deals WHERE id = $1)
         FOR UPDATE)sql",
             deal_id);
}

awaitable<std::optional<SeenPolicy>> continued_by(pg::Transaction& tx, const v1::Deal& deal,
                                                  v1::Policy& wanted) {
  if (deal.renews_policy_id().empty()) co_return std::nullopt;
  SeenPolicy renewed = co_await view_policy(tx, id_of(deal.renews_policy_id()));
  const Policy policy = rule_view(renewed);
  const bool free = !policy.has_successor && !policy.ended_early;
  if (!free || renewed.view.product() != wanted.product()) co_return std::nullopt;
  wanted.set_predecessor_id(renewed.view.id());
  wanted.set_is_renewal(true);
  co_return renewed;
}

void link_successor(pg::Transaction& tx, const SeenPolicy& renewed, const v1::Policy& successor) {
  v1::Policy linked = renewed.view;
  linked.set_successor_id(successor.id());
  save_policy(tx, linked);
}

awaitable<void> announce_continued(pg::Transaction& tx, const Context& ctx,
                                   const SeenPolicy& renewed, const v1::Policy& successor) {
  const SeenPolicy after = co_await view_policy(tx, id_of(renewed.view.id()));
  announce_renewed(tx, ctx, after, successor);
}

awaitable<void> give_up_renewal(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal) {
  if (deal.renews_policy_id().empty()) co_return;
  const auto id = Uuid::parse(deal.id());
  hold_renewed(tx, Id<Deal>{*id});
  const SeenPolicy renewed = co_await view_policy(tx, id_of(deal.renews_policy_id()));
  const auto draft = co_await tx.find_one(
      "SELECT id FROM policies WHERE predecessor_id = $1 AND deal_id = $2 AND status = 'draft'",
      renewed.view.id(), deal.id());
  if (draft) {
    const SeenPolicy alone = co_await view_policy(tx, draft->get<Id<Policy>>("id"));
    tx.execute(R"sql(
        UPDATE policies
           SET predecessor_id = NULL, is_renewal = false, updated_at = now(), version = version + 1
         WHERE id = $1)sql",
               alone.view.id());
    v1::Policy freed = renewed.view;
    freed.clear_successor_id();
    save_policy(tx, freed);
    const SeenPolicy alone_after = co_await view_policy(tx, id_of(alone.view.id()));
    announce_updated(tx, ctx, alone.view, alone_after, {"predecessor_id", "is_renewal"});
    const SeenPolicy freed_after = co_await view_policy(tx, id_of(freed.id()));
    announce_updated(tx, ctx, renewed.view, freed_after, {"successor_id"});
  }
  refresh_renewals(tx, {deal.id()});
}

}  // namespace bordero::crm
