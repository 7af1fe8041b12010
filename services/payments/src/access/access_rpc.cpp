#include "services/payments/src/access/access_rpc.hpp"

#include "services/payments/src/access/access.hpp"
#include "services/payments/src/commission/rule_store.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {

awaitable<Result<common::v1::CheckAccessReply>> AccessRpc::check_access(
    Context& ctx, const common::v1::CheckAccessRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  common::v1::CheckAccessReply reply;
  if (request.entity_type() == "payment") {
    const auto seen = co_await find_payment(tx, request.entity_id(), ctx.caller, hidden);
    reply.set_visible(seen.ok());
  } else if (request.entity_type() == "commission_rule") {
    const auto rule = co_await find_rule(tx, request.entity_id());
    reply.set_visible(rule.ok());
  } else {
    co_return not_found("unknown_entity_type");
  }
  co_return reply;
}

}  // namespace bordero::payments
