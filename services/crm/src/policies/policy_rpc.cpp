#include "services/crm/src/policies/policy_rpc.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "platform/rpc/patch.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/policies/policy_batch.hpp"
#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_form.hpp"
#include "services/crm/src/policies/policy_list.hpp"
#include "services/crm/src/policies/policy_steps.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/quote.hpp"
#include "services/crm/src/policies/renewal.hpp"
#include "services/crm/src/policies/renewal_deal.hpp"
#include "services/crm/src/policies/schedule.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "policy_not_found";
constexpr const char* kChanged = "policy_changed";

Result<void> may_write(const Context& ctx, const policy::Relation& relation, const char* missing) {
  return may(ctx.caller, "policies.write", "policies.read", relation, missing);
}

// The policy held for a change that the caller may make; with the version that they looked at.
awaitable<Result<SeenPolicy>> hold(pg::Transaction& tx, const Context& ctx,
                                   const std::string& policy_id) {
  CO_TRY(const auto id, parse_id<Policy>(policy_id, "policy_id"));
  CO_TRY(SeenPolicy seen, co_await lock_policy(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen.relation, kMissing));
  co_return seen;
}

}  // namespace

void PolicyRpc::show(SeenPolicy& seen, const Caller& caller) const {
  show_policy(seen, caller);
  seen.view.set_at_risk(is_risky(seen.view.premium_change(), risk_percent_));
}

awaitable<Result<v1::Policy>> PolicyRpc::take_step(Context& ctx, const std::string& policy_id,
                                                   int version, const PolicyStep& step) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(SeenPolicy seen, co_await hold(tx, ctx, policy_id));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), version, kChanged));
  CO_TRY(SeenPolicy after, co_await move_policy(tx, ctx, std::move(seen), step));
  show(after, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(after.view));
  co_return std::move(after.view);
}

awaitable<Result<v1::ListPoliciesReply>> PolicyRpc::list_policies(
    Context& ctx, const v1::ListPoliciesRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(auto reply, co_await list_page_of_policies(tx, ctx.caller, request));
  for (auto& policy : *reply.mutable_policies()) {
    policy.set_at_risk(is_risky(policy.premium_change(), risk_percent_));
  }
  co_return reply;
}

awaitable<Result<v1::Policy>> PolicyRpc::get_policy(Context& ctx,
                                                    const v1::GetPolicyRequest& request) {
  CO_TRY(const auto id, parse_id<Policy>(request.policy_id(), "policy_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(SeenPolicy seen, co_await find_policy(tx, id, ctx.caller));
  show(seen, ctx.caller);
  co_return std::move(seen.view);
}

awaitable<Result<v1::Policy>> PolicyRpc::create_policy(Context& ctx,
                                                       const v1::CreatePolicyRequest& request) {
  CO_TRY(const auto deal_id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  hold_renewed(tx, deal_id);
  CO_TRY(const SeenDeal deal, co_await share_deal(tx, deal_id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, deal.relation, "deal_not_found"));
  CO_TRY_VOID(crm::may_change(rule_view(deal.view)));
  CO_TRY(const auto quote, co_await find_quote(tx, request.calculation_id(), request.deal_id()));
  CO_TRY(v1::Policy wanted, policy_from(request, deal.view, quote));
  CO_TRY_VOID(co_await check_offer(tx, wanted));
  CO_TRY_VOID(co_await name_parties(tx, ctx.caller, wanted));

  const auto renewed = co_await continued_by(tx, deal.view, wanted);
  insert_policy(tx, wanted);
  if (renewed) link_successor(tx, *renewed, wanted);
  refresh_renewals(tx, {wanted.deal_id()});
  SeenPolicy made = co_await view_policy(tx, Id<Policy>{*Uuid::parse(wanted.id())});
  made.relation = deal.relation;
  announce_created(tx, ctx, made);
  if (renewed) co_await announce_continued(tx, ctx, *renewed, made.view);
  show(made, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(made.view));
  co_return std::move(made.view);
}

awaitable<Result<v1::Policy>> PolicyRpc::update_policy(Context& ctx,
                                                       const v1::UpdatePolicyRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(SeenPolicy seen, co_await hold(tx, ctx, request.policy_id()));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), kChanged));
  CO_TRY_VOID(may_change(rule_view(seen)));
  v1::Policy wanted = seen.view;
  CO_TRY(auto fields, rpc::patch(wanted, request, request.update_mask()));
  CO_TRY_VOID(complete_policy(wanted, seen.view));
  CO_TRY_VOID(may_become(seen.view, wanted));
  const bool other_offer =
      wanted.insurer_id() != seen.view.insurer_id() || wanted.product() != seen.view.product();
  if (other_offer) CO_TRY_VOID(co_await check_offer(tx, wanted));
  CO_TRY_VOID(co_await name_parties(tx, ctx.caller, wanted));
  const auto received = co_await received_instalments(tx, wanted.id());
  CO_TRY_VOID(keeps_received(seen.view.instalments(), wanted.instalments(), received));

  if (!google::protobuf::util::MessageDifferencer::Equals(seen.view, wanted)) {
    save_policy(tx, wanted);
    refresh_renewals(tx, {wanted.deal_id()});
    keep_policy_ends(tx, {wanted.id()});
    refresh_deadlines(tx, {wanted.deal_id()});
    SeenPolicy after = co_await view_policy(tx, Id<Policy>{*Uuid::parse(wanted.id())});
    after.relation = seen.relation;
    announce_updated(tx, ctx, seen.view, after, fields);
    seen = std::move(after);
  }
  show(seen, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(seen.view));
  co_return std::move(seen.view);
}

awaitable<Result<v1::Policy>> PolicyRpc::activate_policy(Context& ctx,
                                                         const v1::ActivatePolicyRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(SeenPolicy seen, co_await hold(tx, ctx, request.policy_id()));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), kChanged));
  // Prolonging what waits for renewal is another step, asked for by its status.
  if (is_in_force(seen.view.status())) co_return refused("policy_is_in_force");
  const PolicyStep step = {.to = v1::POLICY_STATUS_ACTIVE};
  CO_TRY(SeenPolicy after, co_await move_policy(tx, ctx, std::move(seen), step));
  show(after, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(after.view));
  co_return std::move(after.view);
}

awaitable<Result<v1::Policy>> PolicyRpc::transition_policy(
    Context& ctx, const v1::TransitionPolicyRequest& request) {
  const PolicyStep step = {.to = request.status(),
                           .reason = request.reason(),
                           .closed_on = Date::parse(request.closed_on())};
  co_return co_await take_step(ctx, request.policy_id(), request.version(), step);
}

awaitable<Result<v1::Policy>> PolicyRpc::close_policy(Context& ctx,
                                                      const v1::ClosePolicyRequest& request) {
  const PolicyStep step = {.to = v1::POLICY_STATUS_CLOSED,
                           .reason = request.reason(),
                           .closed_on = Date::parse(request.closed_on())};
  co_return co_await take_step(ctx, request.policy_id(), request.version(), step);
}

awaitable<Result<v1::Policy>> PolicyRpc::renew_policy(Context& ctx,
                                                      const v1::RenewPolicyRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));
  CO_TRY(SeenPolicy seen, co_await hold(tx, ctx, request.policy_id()));
  if (request.has_version()) {
    CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), kChanged));
  }
  const std::string deal_id = seen.view.deal_id();
  CO_TRY(const auto quote, co_await find_quote(tx, request.calculation_id(), deal_id));
  CO_TRY(SeenPolicy draft, co_await crm::renew_policy(tx, ctx, std::move(seen), quote));
  show(draft, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(draft.view));
  co_return std::move(draft.view);
}

awaitable<Result<v1::ListPolicyChainReply>> PolicyRpc::list_chain(
    Context& ctx, const v1::ListPolicyChainRequest& request) {
  CO_TRY(const auto id, parse_id<Policy>(request.policy_id(), "policy_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const SeenPolicy seen, co_await find_policy(tx, id, ctx.caller));
  v1::ListPolicyChainReply reply;
  for (auto& one : co_await crm::list_chain(tx, seen.view, ctx.caller)) {
    show(one, ctx.caller);
    *reply.add_policies() = std::move(one.view);
  }
  co_return reply;
}

awaitable<Result<v1::BatchPoliciesReply>> PolicyRpc::batch_policies(
    Context& ctx, const v1::BatchPoliciesRequest& request) {
  CO_TRY_VOID(check_batch(request));
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const auto reply = co_await apply_batch(tx, ctx, request);
  CO_TRY_VOID(co_await tx.commit(reply));
  co_return reply;
}

awaitable<Result<void>> PolicyRpc::still_visible(Context& ctx,
                                                 std::vector<std::string> policy_ids) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  for (const auto& policy_id : policy_ids) {
    CO_TRY(const auto id, parse_id<Policy>(policy_id, "policy_id"));
    CO_TRY_VOID(co_await find_policy(tx, id, ctx.caller));
  }
  co_return Result<void>();
}

}  // namespace bordero::crm
