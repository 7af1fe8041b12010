#include "services/crm/src/policies/policy_batch.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "platform/rpc/patch.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/policies/policy_steps.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal.hpp"

namespace bordero::crm {
namespace {

constexpr std::string_view kRenew = "renew";
constexpr std::string_view kRenewalPending = "renewal_pending";
constexpr std::string_view kDiscardRenewal = "discard_renewal";
constexpr std::array kActions = {kRenew, kRenewalPending, kDiscardRenewal};

awaitable<Result<SeenPolicy>> apply_one(pg::Transaction& tx, const Context& ctx,
                                        const std::string& action, const v1::BatchPolicy& item) {
  CO_TRY(const auto id, parse_id<Policy>(item.id(), "id"));
  CO_TRY(SeenPolicy seen, co_await lock_policy(tx, id, ctx.caller));
  CO_TRY_VOID(
      may(ctx.caller, "policies.write", "policies.read", seen.relation, "policy_not_found"));
  if (item.version() != 0) {
    CO_TRY_VOID(rpc::check_version(seen.view.version(), item.version(), "policy_changed"));
  }
  if (action == kRenew) {
    const Quote no_quote;
    co_return co_await renew_policy(tx, ctx, std::move(seen), no_quote);
  }
  if (action == kDiscardRenewal) co_return co_await discard_renewal(tx, ctx, std::move(seen));
  const PolicyStep step = {.to = v1::POLICY_STATUS_RENEWAL_PENDING};
  co_return co_await move_policy(tx, ctx, std::move(seen), step);
}

// What takes a renewal back, as long as nobody touched the draft.
v1::BatchPolicy way_back(const std::string& id) {
  v1::BatchPolicy back;
  back.set_id(id);
  return back;
}

}  // namespace

Result<void> check_batch(const v1::BatchPoliciesRequest& request) {
  if (std::find(kActions.begin(), kActions.end(), request.action()) == kActions.end()) {
    return invalid_field("action", "unknown_action");
  }
  if (request.items().empty()) return invalid_field("items", "required");
  std::set<std::string> seen;
  for (int i = 0; i < request.items_size(); ++i) {
    if (seen.insert(request.items(i).id()).second) continue;
    return invalid_field("items[" + std::to_string(i) + "].id", "repeated");
  }
  return {};
}

// In the order of ids, so that two batches never wait for each other.
awaitable<v1::BatchPoliciesReply> apply_batch(pg::Transaction& tx, const Context& ctx,
                                              const v1::BatchPoliciesRequest& request) {
  v1::BatchPoliciesReply reply;
  std::map<std::string, v1::BatchPolicyResult> by_id;
  for (const auto& item : request.items()) by_id[item.id()].set_id(item.id());
  for (auto& [id, result] : by_id) {
    v1::BatchPolicy wanted;
    for (const auto& item : request.items()) {
      if (item.id() == id) wanted = item;
    }
    auto done = co_await apply_one(tx, ctx, request.action(), wanted);
    result.set_ok(done.ok());
    if (!done) {
      result.set_error(done.error().reason);
      continue;
    }
    if (request.action() == kRenew) *reply.add_undo() = way_back(id);
    show_policy(*done, ctx.caller);
    *result.mutable_policy() = std::move(done->view);
  }
  for (const auto& item : request.items()) *reply.add_results() = by_id[item.id()];
  co_return reply;
}

}  // namespace bordero::crm
