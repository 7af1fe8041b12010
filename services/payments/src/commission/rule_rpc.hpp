#pragma once

#include <tuple>

#include "bordero/payments/v1/commission_rules.pb.h"
#include "platform/pg/database.hpp"

namespace bordero::payments {

class RuleRpc {
 public:
  explicit RuleRpc(pg::Database& db) : db_(db) {}

  awaitable<Result<v1::ListCommissionRulesReply>> list_rules(
      Context& ctx, const v1::ListCommissionRulesRequest& request);
  awaitable<Result<v1::CommissionRule>> get_rule(Context& ctx,
                                                 const v1::GetCommissionRuleRequest& request);
  awaitable<Result<v1::CommissionRule>> create_rule(Context& ctx,
                                                    const v1::CreateCommissionRuleRequest& request);
  awaitable<Result<v1::CommissionRule>> update_rule(Context& ctx,
                                                    const v1::UpdateCommissionRuleRequest& request);
  awaitable<Result<v1::ListCommissionRuleVersionsReply>> list_versions(
      Context& ctx, const v1::ListCommissionRuleVersionsRequest& request);
  awaitable<Result<v1::PreviewCommissionRulesReply>> preview(
      Context& ctx, const v1::PreviewCommissionRulesRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&RuleRpc::list_rules, &RuleRpc::get_rule, &RuleRpc::create_rule,
                      &RuleRpc::update_rule, &RuleRpc::list_versions, &RuleRpc::preview);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::payments
