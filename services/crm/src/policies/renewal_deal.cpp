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

// A draft that was to continue a policy stands alone.
awaitable<void> free_draft(pg::Transaction& tx, const Context& ctx, Id<Policy> id) {
  const SeenPolicy before = co_await view_policy(tx, id);
  tx.execute(R"sql(
      UPDATE policies
         SET predecessor_id = NULL, is_renewal = false, updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             id);
  const SeenPolicy after = co_await view_policy(tx, id);
  announce_updated(tx, ctx, before.view, after, {"predecessor_id", "is_renewal"});
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

awaitable<std::optional<SeenPolicy>> take_over_renewal(pg::Transaction& tx, const Context& ctx,
                                                       v1::Policy& wanted) {
  if (!wanted.predecessor_id().empty()) co_return std::nullopt;
  const auto row = co_await tx.find_one(
      "SELECT renews_policy_id FROM deals WHERE id = $1 AND renews_policy_id IS NOT NULL",
      wanted.deal_id());
  if (!row) co_return std::nullopt;
  hold_renewed(tx, Id<Deal>{*Uuid::parse(wanted.deal_id())});
  const SeenPolicy renewed = co_await view_policy(tx, row->get<Id<Policy>>("renews_policy_id"));
  const auto& old = renewed.view;
  if (old.product() != wanted.product() || rule_view(renewed).ended_early) co_return std::nullopt;
  if (!old.successor_id().empty()) {
    const SeenPolicy other = co_await view_policy(tx, id_of(old.successor_id()));
    if (other.view.status() != v1::POLICY_STATUS_DRAFT) co_return std::nullopt;
    co_await free_draft(tx, ctx, id_of(other.view.id()));
  }
  tx.execute("UPDATE policies SET predecessor_id = $2, is_renewal = true WHERE id = $1",
             wanted.id(), old.id());
  wanted.set_predecessor_id(old.id());
  wanted.set_is_renewal(true);
  link_successor(tx, renewed, wanted);
  co_return renewed;
}

awaitable<void> tell_renewal_deal(pg::Transaction& tx, const Context& ctx,
                                  const v1::Policy& before) {
  save_policy(tx, before);
  const SeenPolicy after = co_await view_policy(tx, id_of(before.id()));
  announce_renewal_deal(tx, ctx, before, after);
}

awaitable<void> give_up_renewal(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal) {
  if (deal.renews_policy_id().empty()) co_return;
  const auto id = Uuid::parse(deal.id());
  hold_renewed(tx, Id<Deal>{*id});
  v1::Policy renewed = (co_await view_policy(tx, id_of(deal.renews_policy_id()))).view;
  renewed.set_renewal_deal_id(deal.id());
  renewed.set_renewal_deal_number(deal.number());
  const auto draft = co_await tx.find_one(
      "SELECT id FROM policies WHERE predecessor_id = $1 AND deal_id = $2 AND status = 'draft'",
      renewed.id(), deal.id());
  if (!draft) {
    refresh_renewals(tx, {deal.id()});
    co_await tell_renewal_deal(tx, ctx, renewed);
    co_return;
  }
  v1::Policy freed = renewed;
  freed.clear_successor_id();
  save_policy(tx, freed);
  refresh_renewals(tx, {deal.id()});
  co_await free_draft(tx, ctx, draft->get<Id<Policy>>("id"));
  const SeenPolicy freed_after = co_await view_policy(tx, id_of(freed.id()));
  announce_updated(tx, ctx, renewed, freed_after, {"successor_id"});
}

}  // namespace bordero::crm
