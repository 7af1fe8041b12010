#include "services/crm/src/deals/deal_batch_rpc.hpp"

#include "platform/rpc/patch.hpp"
#include "services/crm/src/batch.hpp"
#include "services/crm/src/deals/deal_batch.hpp"
#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/deals/new_deal.hpp"

namespace bordero::crm {

struct DealBatchRpc::Changed {
  v1::Deal before;
  v1::Deal after;
  std::optional<TeamChange> team;
};

namespace {

Result<void> may_do(const Context& ctx, const char* action, const SeenDeal& seen) {
  return may(ctx.caller, action, "deals.read", seen.relation, "deal_not_found");
}

// Those whose function is new; a leaver needs no check.
Team joining(const Team& before, const Team& after) {
  Team joins;
  for (const auto& member : after) {
    if (std::find(before.begin(), before.end(), member) == before.end()) joins.push_back(member);
  }
  return joins;
}

// Who gives a deal away may no longer take it back.
bool may_put_back(const Caller& caller, const v1::BatchDeal& back, const v1::Deal& after) {
  const policy::Relation relation = relation_to(after, caller);
  const bool team = back.has_lead_agent_id() || back.has_executor_id();
  return may(caller, team ? "deals.team" : "deals.write", "deals.read", relation, "deal_not_found")
      .ok();
}

}  // namespace

awaitable<Result<DealBatchRpc::Changed>> DealBatchRpc::change(Context& ctx, pg::Transaction& tx,
                                                              const v1::BatchDeal& item) {
  CO_TRY(const auto id, parse_id<Deal>(item.id(), "id"));
  CO_TRY(SeenDeal seen, co_await lock_deal(tx, id, ctx.caller));
  CO_TRY_VOID(may_do(ctx, "deals.write", seen));
  const int expected = item.version() > 0 ? item.version() : seen.view.version();
  CO_TRY_VOID(rpc::check_version(seen.view.version(), expected, "deal_changed"));
  CO_TRY(const BatchedDeal wanted, with_item(seen.view, item));
  const Team before = team_of(seen.view);
  const bool new_team = wanted.team != before;
  if (new_team) {
    CO_TRY_VOID(may_do(ctx, "deals.team", seen));
    const Team joins = joining(before, wanted.team);
    CO_TRY_VOID(co_await check_team(tx, joins));
  }

  Changed changed{.before = seen.view, .after = seen.view, .team = {}};
  if (!new_team && wanted.fields.empty()) co_return changed;
  save_team(tx, wanted.view, before, wanted.team);
  save_deal(tx, wanted.view);
  save_deal_words(tx, wanted.view);
  changed.after = co_await view_deal(tx, id);
  if (new_team) changed.team = announce_team(tx, ctx, seen.view, changed.after);
  if (!wanted.fields.empty()) announce_updated(tx, ctx, seen.view, changed.after, wanted.fields);
  co_return changed;
}

awaitable<Result<v1::BatchDealsReply>> DealBatchRpc::batch_deals(
    Context& ctx, const v1::BatchDealsRequest& request) {
  CO_TRY(const std::vector<int> order, in_lock_order(request.items()));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  v1::BatchDealsReply reply;
  for (const auto& item : request.items()) reply.add_results()->set_id(item.id());
  std::vector<TeamChange> teams;
  for (const int at : order) {
    const auto& item = request.items(at);
    auto& result = *reply.mutable_results(at);
    auto changed = co_await change(ctx, tx, item);
    if (!changed) {
      refuse_item(result, changed.error());
      continue;
    }
    const v1::BatchDeal back = way_back(changed->before, changed->after, item);
    if (changed->after.version() != changed->before.version() &&
        may_put_back(ctx.caller, back, changed->after)) {
      *reply.add_undo() = back;
    }
    if (changed->team) teams.push_back(std::move(*changed->team));
    result.set_ok(true);
    *result.mutable_deal() = std::move(changed->after);
    show_deal(*result.mutable_deal(), ctx.caller, relation_to(result.deal(), ctx.caller));
  }
  CO_TRY_VOID(co_await tx.commit(reply));
  if (!teams.empty()) co_await tell_team_changes(redis_, std::move(teams));
  co_return reply;
}

}  // namespace bordero::crm
