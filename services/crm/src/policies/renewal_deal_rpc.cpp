#include "services/crm/src/policies/renewal_deal_rpc.hpp"

#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/deals/new_deal.hpp"
#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal_deal.hpp"

namespace bordero::crm {
namespace {

v1::Deal deal_renewing(const v1::Policy& policy, const v1::Deal& of) {
  v1::Deal next;
  next.set_client_id(of.client_id());
  next.set_client_name(of.client_name());
  next.set_title(of.title());
  next.set_description(of.description());
  *next.mutable_objects() = policy.objects().empty() ? of.objects() : policy.objects();
  next.set_renews_policy_id(policy.id());
  // It is to be decided before the policy ends, unless that is over.
  const bool ended = *Date::parse(policy.effective_to()) < clock::today();
  if (!ended) next.set_expected_close_date(policy.effective_to());
  return next;
}

}  // namespace

awaitable<Result<v1::Deal>> RenewalDealRpc::open_renewal_deal(
    Context& ctx, const v1::OpenRenewalDealRequest& request) {
  CO_TRY(const auto id, parse_id<Policy>(request.policy_id(), "policy_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(const SeenPolicy seen, co_await lock_policy(tx, id, ctx.caller));
  CO_TRY_VOID(
      may(ctx.caller, "policies.write", "policies.read", seen.relation, "policy_not_found"));
  CO_TRY_VOID(may_open_renewal_deal(rule_view(seen)));
  CO_TRY(const auto deal_id, parse_id<Deal>(seen.view.deal_id(), "deal_id"));
  CO_TRY(const SeenDeal of, co_await find_deal(tx, deal_id, ctx.caller));
  CO_TRY(const auto client_id, parse_id<Client>(of.view.client_id(), "client_id"));
  CO_TRY_VOID(co_await share_client_in_use(tx, client_id, ctx.caller));
  const Team team = co_await still_fit(tx, ctx.caller, team_of(of.view));
  CO_TRY_VOID(co_await check_team(tx, team));

  v1::Deal next = deal_renewing(seen.view, of.view);
  if (!request.title().empty()) next.set_title(request.title());
  const int year = clock::today().year();
  auto deal = co_await found_deal(tx, ctx, std::move(next), team, year);
  co_await tell_renewal_deal(tx, ctx, seen.view);
  write_happened(tx, ctx, seen.view.deal_id(),
                 {.kind = "renewal_deal_opened",
                  .to = deal.number(),
                  .subject = title_of(seen.view),
                  .subject_id = seen.view.id()});
  show_deal(deal, ctx.caller, relation_to(deal, ctx.caller));
  CO_TRY_VOID(co_await tx.commit(deal));
  co_return deal;
}

}  // namespace bordero::crm
