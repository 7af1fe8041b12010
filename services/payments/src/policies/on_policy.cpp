#include "services/payments/src/policies/on_policy.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "platform/telemetry/metrics.hpp"
#include "services/payments/src/plan/planner.hpp"
#include "services/payments/src/policies/policy_store.hpp"

namespace bordero::payments {
namespace {

template <class Changed>
Result<crm::v1::Policy> policy_after(const mq::Event& event) {
  Changed message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.after();
}

Result<crm::v1::Policy> policy_in(const mq::Event& event) {
  const std::string& type = event.meta.type();
  if (type == "crm.policy.updated") return policy_after<crm::v1::PolicyUpdated>(event);
  if (type == "crm.policy.activated") return policy_after<crm::v1::PolicyActivated>(event);
  if (type == "crm.policy.renewal_pending")
    return policy_after<crm::v1::PolicyRenewalPending>(event);
  if (type == "crm.policy.closed") return policy_after<crm::v1::PolicyClosed>(event);
  if (type == "crm.policy.renewed") {
    crm::v1::PolicyRenewed message;
    if (!event.parse(message)) return invalid("event_not_readable");
    return message.policy();
  }
  crm::v1::PolicyCreated message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.policy();
}

void observe_lag(const mq::Event& event) {
  static telemetry::Histogram lag =
      telemetry::histogram("bordero_payments_planning_lag_seconds",
                           "From a policy's change to the payments that follow it");
  const auto told = parse_instant(event.meta.time());
  if (!told) return;
  const auto passed = std::chrono::system_clock::now() - *told;
  lag.observe(std::max(0.0, std::chrono::duration<double>(passed).count()));
}

}  // namespace

awaitable<Result<void>> on_policy(pg::Transaction& tx, Context& ctx, const mq::Event& event) {
  CO_TRY(const crm::v1::Policy policy, policy_in(event));
  const auto before = co_await lock_policy(tx, policy.id());
  const bool newer = co_await keep_policy(tx, policy);
  const bool in_force = policy.status() != crm::v1::POLICY_STATUS_DRAFT;
  if (!newer || !in_force) co_return Result<void>();
  co_await plan_policy(tx, ctx, before, policy);
  tx.after_commit([event] { observe_lag(event); });
  co_return Result<void>();
}

awaitable<Result<void>> on_policy_discarded(pg::Transaction& tx, Context&, const mq::Event& event) {
  crm::v1::PolicyDiscarded message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  forget_draft(tx, message.policy().id());
  co_return Result<void>();
}

void follow_policies(mq::Consumer& consumer) {
  for (const char* type :
       {"crm.policy.created", "crm.policy.updated", "crm.policy.activated",
        "crm.policy.renewal_pending", "crm.policy.renewed", "crm.policy.closed"}) {
    consumer.on(type, on_policy);
  }
  consumer.on("crm.policy.discarded", on_policy_discarded);
}

}  // namespace bordero::payments
