#include "services/payments/src/commission/rule_rpc.hpp"

#include "bordero/payments/v1/events.pb.h"
#include "platform/base/money.hpp"
#include "platform/mq/mq.hpp"
#include "platform/policy/capability.hpp"
#include "platform/policy/policy.hpp"
#include "platform/rpc/patch.hpp"
#include "services/payments/src/commission/rule_form.hpp"
#include "services/payments/src/commission/rule_store.hpp"

namespace bordero::payments {
namespace {

void show_rule(v1::CommissionRule& rule, const Caller& caller) {
  Result<void> write;
  if (!policy::may(caller, "commission_rules.write")) {
    write = forbidden("role_not_allowed");
  }
  policy::add_capability(*rule.mutable_can(), "update", write);
}

// Everybody who is signed in reads rules.
mq::About about_rule(const v1::CommissionRule& rule) {
  return {.entity_type = "commission_rule",
          .entity_id = rule.id(),
          .version = rule.version(),
          .audience_users = {},
          .audience_roles = {"agent", "executor", "finance", "head", "admin"}};
}

// A rate replaces an amount and the other way round, so that one field can be sent alone.
void drop_other(v1::CommissionRule& rule, const std::vector<std::string>& fields) {
  for (const auto& field : fields) {
    if (field == "rate_percent" && !rule.rate_percent().empty()) rule.clear_fixed_amount();
    if (field == "fixed_amount" && rule.has_fixed_amount()) rule.clear_rate_percent();
  }
}

}  // namespace

awaitable<Result<v1::ListCommissionRulesReply>> RuleRpc::list_rules(
    Context& ctx, const v1::ListCommissionRulesRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await rule_page(tx, asked));
  v1::ListCommissionRulesReply reply;
  for (const auto& row : page.rows) {
    auto& rule = *reply.add_commission_rules();
    row.fill(rule);
    show_rule(rule, ctx.caller);
  }
  lists::put_page(page, reply);
  co_return reply;
}

awaitable<Result<v1::CommissionRule>> RuleRpc::get_rule(
    Context& ctx, const v1::GetCommissionRuleRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(auto rule, co_await find_rule(tx, request.rule_id()));
  show_rule(rule, ctx.caller);
  co_return rule;
}

awaitable<Result<v1::CommissionRule>> RuleRpc::create_rule(
    Context& ctx, const v1::CreateCommissionRuleRequest& request) {
  v1::CommissionRule rule = rule_from(request);
  CO_TRY_VOID(check_rule(rule));
  rule.set_id(Uuid::v7().str());
  rule.set_updated_by(ctx.caller.actor());
  CO_TRY(auto tx, co_await db_.begin(ctx));

  insert_rule(tx, rule);
  CO_TRY(auto made, co_await find_rule(tx, rule.id()));
  keep_rule_version(tx, made);
  v1::CommissionRuleCreated event;
  *event.mutable_rule() = made;
  mq::publish(tx, ctx, event, about_rule(made));
  show_rule(made, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(made));
  co_return made;
}

awaitable<Result<v1::CommissionRule>> RuleRpc::update_rule(
    Context& ctx, const v1::UpdateCommissionRuleRequest& request) {
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const auto before, co_await lock_rule(tx, request.rule_id()));
  CO_TRY_VOID(rpc::check_version(before.version(), request.version(), "commission_rule_changed"));
  v1::CommissionRule wanted = before;
  CO_TRY(const auto fields, rpc::patch(wanted, request, request.update_mask()));
  drop_other(wanted, fields);
  CO_TRY_VOID(check_rule(wanted));
  v1::CommissionRule after = before;
  if (!fields.empty()) {
    wanted.set_updated_by(ctx.caller.actor());
    save_rule(tx, wanted);
    CO_TRY(after, co_await find_rule(tx, wanted.id()));
    keep_rule_version(tx, after);
    v1::CommissionRuleUpdated event;
    *event.mutable_before() = before;
    *event.mutable_after() = after;
    mq::publish(tx, ctx, event, about_rule(after));
  }
  show_rule(after, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::ListCommissionRuleVersionsReply>> RuleRpc::list_versions(
    Context& ctx, const v1::ListCommissionRuleVersionsRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await find_rule(tx, request.rule_id()));
  v1::ListCommissionRuleVersionsReply reply;
  auto versions = co_await list_rule_versions(tx, request.rule_id());
  for (auto& version : versions) *reply.add_versions() = std::move(version);
  co_return reply;
}

awaitable<Result<v1::PreviewCommissionRulesReply>> RuleRpc::preview(
    Context& ctx, const v1::PreviewCommissionRulesRequest& request) {
  if (request.kind() == v1::COMMISSION_KIND_ANY) {
    co_return invalid_field("kind", "new_or_renewal");
  }
  if (request.premium().amount_minor() > kMaxMinor) {
    co_return invalid_field("premium", "amount_out_of_range");
  }
  if (request.has_candidate()) {
    v1::CommissionRule candidate = rule_from(request.candidate());
    CO_TRY_VOID(check_rule(candidate));
  }
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto rules = co_await list_all_rules(tx);
  co_return standings(rules, request);
}

}  // namespace bordero::payments
