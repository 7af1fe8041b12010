#include "services/payments/src/payments/batch_rpc.hpp"

#include <set>

#include "services/payments/src/access/access.hpp"
#include "services/payments/src/payments/history.hpp"
#include "services/payments/src/payments/moving.hpp"
#include "services/payments/src/payments/payment_view.hpp"

namespace bordero::payments {
namespace {

struct Moved {
  int item = 0;  // Position in the request.
  std::string id;
  std::string note;
};

std::vector<std::string> ids_of(const v1::BatchPaymentsRequest& request) {
  std::set<std::string> ids;
  for (const auto& item : request.items()) ids.insert(plain_id(item.id()));
  return {ids.begin(), ids.end()};
}

// What an item does not say itself, the batch says for all.
Step step_of(const v1::BatchPaymentsRequest& request, const v1::BatchPayment& item) {
  Step step;
  step.move.to = request.status();
  step.move.actual_date = item.actual_date().empty() ? request.actual_date() : item.actual_date();
  step.move.note = item.note().empty() ? request.note() : item.note();
  step.version = item.version();
  if (item.has_amount()) step.amount = item.amount();
  return step;
}

void refuse(v1::BatchPaymentResult& result, const Error& error) {
  result.set_error(error.reason);
  if (error.fields.empty()) return;
  result.set_field(error.fields.front().field);
  result.set_error(error.fields.front().code);
}

awaitable<void> announce(pg::Transaction& tx, const Context& ctx, const SeenPayments& before,
                         const std::vector<Moved>& moved, v1::BatchPaymentsReply& reply) {
  std::vector<std::string> ids;
  std::set<std::string> deals;
  for (const auto& one : moved) {
    ids.push_back(one.id);
    deals.insert(before.at(one.id).view.deal_id());
  }
  auto after = co_await view_payments(tx, ids, ctx.caller);
  const auto people = co_await people_of(tx, deals);
  for (const auto& one : moved) {
    SeenPayment& seen = after.at(one.id);
    const auto members = people.find(seen.view.deal_id());
    announce_moved(tx, ctx, before.at(one.id).view, seen.view,
                   members == people.end() ? std::vector<std::string>() : members->second,
                   one.note);
    show_payment(seen, ctx.caller);
    auto& result = *reply.mutable_results(one.item);
    result.set_ok(true);
    *result.mutable_payment() = seen.view;
  }
}

}  // namespace

awaitable<Result<v1::BatchPaymentsReply>> BatchRpc::batch_payments(
    Context& ctx, const v1::BatchPaymentsRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));
  const auto ids = ids_of(request);
  const auto seen = co_await lock_payments(tx, ids, ctx.caller);

  v1::BatchPaymentsReply reply;
  std::vector<Moved> moved;
  std::set<std::string> taken;
  for (const auto& item : request.items()) {
    const std::string id = plain_id(item.id());
    auto& result = *reply.add_results();
    result.set_id(id);
    if (!taken.insert(id).second) {
      refuse(result, invalid_field("id", "repeated"));
      continue;
    }
    const auto visible = may_see(seen, id, ctx.caller, hidden);
    if (!visible) {
      refuse(result, visible.error());
      continue;
    }
    const Step step = step_of(request, item);
    const auto payment = stepped(seen.at(id), ctx, step);
    if (!payment) {
      refuse(result, payment.error());
      continue;
    }
    save_payment(tx, *payment);
    moved.push_back({reply.results_size() - 1, id, step.move.note});
  }
  if (!moved.empty()) co_await announce(tx, ctx, seen, moved, reply);
  CO_TRY_VOID(co_await tx.commit(reply));
  co_return reply;
}

}  // namespace bordero::payments
