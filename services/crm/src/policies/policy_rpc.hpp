#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/policies/policy_steps.hpp"

namespace bordero::crm {

class PolicyRpc {
 public:
  // A premium that grows by more than `risk_percent` at its renewal is marked.
  PolicyRpc(pg::Database& db, int risk_percent) : db_(db), risk_percent_(risk_percent) {}

  awaitable<Result<v1::ListPoliciesReply>> list_policies(Context& ctx,
                                                         const v1::ListPoliciesRequest& request);
  awaitable<Result<v1::Policy>> get_policy(Context& ctx, const v1::GetPolicyRequest& request);
  awaitable<Result<v1::Policy>> create_policy(Context& ctx, const v1::CreatePolicyRequest& request);
  awaitable<Result<v1::Policy>> update_policy(Context& ctx, const v1::UpdatePolicyRequest& request);
  awaitable<Result<v1::Policy>> activate_policy(Context& ctx,
                                                const v1::ActivatePolicyRequest& request);
  awaitable<Result<v1::Policy>> transition_policy(Context& ctx,
                                                  const v1::TransitionPolicyRequest& request);
  awaitable<Result<v1::Policy>> renew_policy(Context& ctx, const v1::RenewPolicyRequest& request);
  awaitable<Result<v1::Policy>> close_policy(Context& ctx, const v1::ClosePolicyRequest& request);
  awaitable<Result<v1::ListPolicyChainReply>> list_chain(Context& ctx,
                                                         const v1::ListPolicyChainRequest& request);
  awaitable<Result<v1::BatchPoliciesReply>> batch_policies(Context& ctx,
                                                           const v1::BatchPoliciesRequest& request);
  // Whether the policies that a kept answer shows may still be seen.
  awaitable<Result<void>> still_visible(Context& ctx, std::vector<std::string> policy_ids);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&PolicyRpc::list_policies, &PolicyRpc::get_policy, &PolicyRpc::create_policy,
                      &PolicyRpc::update_policy, &PolicyRpc::activate_policy,
                      &PolicyRpc::transition_policy, &PolicyRpc::renew_policy,
                      &PolicyRpc::close_policy, &PolicyRpc::list_chain, &PolicyRpc::batch_policies);
  }

 private:
  // What depends on who asks, and the risk.
  void show(SeenPolicy& seen, const Caller& caller) const;
  // The whole step of one policy: hold, check the version, move, commit.
  awaitable<Result<v1::Policy>> take_step(Context& ctx, const std::string& policy_id, int version,
                                          const PolicyStep& step);

  pg::Database& db_;
  int risk_percent_;
};

}  // namespace bordero::crm
