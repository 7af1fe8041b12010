#include "services/payments/src/payments/payment_rpc.hpp"

#include <algorithm>

#include "platform/projection/users.hpp"
#include "platform/rpc/patch.hpp"
#include "services/payments/src/access/access.hpp"
#include "services/payments/src/payments/explanation.hpp"
#include "services/payments/src/payments/history.hpp"
#include "services/payments/src/payments/moving.hpp"
#include "services/payments/src/payments/new_payment.hpp"
#include "services/payments/src/payments/payment_list.hpp"
#include "services/payments/src/payments/payment_view.hpp"
#include "services/payments/src/policies/policy_store.hpp"

namespace bordero::payments {
namespace {

// The note says why, and is no field of the payment.
google::protobuf::FieldMask without_note(const google::protobuf::FieldMask& mask) {
  google::protobuf::FieldMask rest;
  for (const auto& path : mask.paths()) {
    if (path != "note") rest.add_paths(path);
  }
  return rest;
}

bool names(const std::vector<std::string>& fields, const char* field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

Result<void> check_update(const v1::Payment& before, const v1::Payment& wanted,
                          const std::vector<std::string>& fields, const std::string& note) {
  if (wanted.planned_date().empty()) return invalid_field("planned_date", "required");
  if (!names(fields, "amount")) return {};
  TRY(may_change_amount(rule_view(before), note));
  if (!wanted.has_amount()) return invalid_field("amount", "required");
  return check_amount(before, wanted.amount());
}

awaitable<std::vector<std::string>> audience_of(pg::Transaction& tx, const v1::Payment& payment) {
  const std::set<std::string> deals = {payment.deal_id()};
  auto people = co_await people_of(tx, deals);
  co_return std::move(people[payment.deal_id()]);
}

awaitable<SeenPayment> read_again(pg::Transaction& tx, const std::string& id,
                                  const Caller& caller) {
  const std::vector<std::string> ids = {id};
  auto seen = co_await view_payments(tx, ids, caller);
  co_return std::move(seen.at(id));
}

}  // namespace

awaitable<Result<v1::ListPaymentsReply>> PaymentRpc::list_payments(
    Context& ctx, const v1::ListPaymentsRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await list_page_of_payments(tx, ctx.caller, hidden, request);
}

awaitable<Result<v1::Payment>> PaymentRpc::get_payment(Context& ctx,
                                                       const v1::GetPaymentRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(SeenPayment seen, co_await find_payment(tx, request.payment_id(), ctx.caller, hidden));
  show_payment(seen, ctx.caller);
  co_return std::move(seen.view);
}

awaitable<Result<v1::Payment>> PaymentRpc::create_payment(Context& ctx,
                                                          const v1::CreatePaymentRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const auto kept, co_await lock_policy_for(tx, request.policy_id(), ctx.caller, hidden));
  std::optional<projection::User> payee;
  if (const auto user = Uuid::parse(request.payee_user_id())) {
    payee = co_await projection::find_user(tx, Id<projection::User>{*user});
  }
  CO_TRY(v1::Payment payment, new_payment(kept.policy, request, payee));
  const auto numbers = co_await next_payment_numbers(tx, clock::today().year(), 1);
  payment.set_number(numbers.at(0));
  insert_payment(tx, payment, std::nullopt);
  SeenPayment seen = co_await read_again(tx, payment.id(), ctx.caller);
  const auto people = co_await audience_of(tx, seen.view);
  announce_planned(tx, ctx, seen.view, people, "");
  co_return co_await finish(ctx, tx, std::move(seen));
}

awaitable<Result<v1::Payment>> PaymentRpc::update_payment(Context& ctx,
                                                          const v1::UpdatePaymentRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(SeenPayment seen, co_await lock_payment(tx, request.payment_id(), ctx.caller, hidden));
  const Hand hand = hand_of(ctx.caller, seen.relation);
  CO_TRY_VOID(may_change(rule_view(seen.view), hand));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "payment_changed"));
  v1::Payment wanted = seen.view;
  const auto mask = without_note(request.update_mask());
  CO_TRY(const auto fields, rpc::patch(wanted, request, mask));
  CO_TRY_VOID(check_update(seen.view, wanted, fields, request.note()));
  if (names(fields, "payee_user_id")) {
    std::optional<projection::User> payee;
    if (const auto user = Uuid::parse(wanted.payee_user_id())) {
      payee = co_await projection::find_user(tx, Id<projection::User>{*user});
    }
    CO_TRY_VOID(check_payee(wanted, payee));
  }

  if (fields.empty()) co_return co_await finish(ctx, tx, std::move(seen));
  save_payment(tx, wanted);
  SeenPayment after = co_await read_again(tx, wanted.id(), ctx.caller);
  const auto people = co_await audience_of(tx, after.view);
  announce_updated(tx, ctx, seen.view, after.view, people, request.note());
  co_return co_await finish(ctx, tx, std::move(after));
}

awaitable<Result<v1::Payment>> PaymentRpc::transition_payment(
    Context& ctx, const v1::TransitionPaymentRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenPayment seen,
         co_await lock_payment(tx, request.payment_id(), ctx.caller, hidden));
  const Step step = {.move = {.to = request.status(),
                              .actual_date = request.actual_date(),
                              .note = request.note()},
                     .version = request.version()};
  CO_TRY(const v1::Payment payment, stepped(seen, ctx, step));
  save_payment(tx, payment);
  SeenPayment after = co_await read_again(tx, payment.id(), ctx.caller);
  const auto people = co_await audience_of(tx, after.view);
  announce_moved(tx, ctx, seen.view, after.view, people, request.note());
  co_return co_await finish(ctx, tx, std::move(after));
}

awaitable<Result<v1::Payment>> PaymentRpc::void_payment(Context& ctx,
                                                        const v1::VoidPaymentRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenPayment seen,
         co_await lock_payment(tx, request.payment_id(), ctx.caller, hidden));
  CO_TRY_VOID(may_void(rule_view(seen.view), hand_of(ctx.caller, seen.relation)));
  if (is_blank(request.reason())) co_return invalid_field("reason", "required");
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "payment_changed"));
  v1::Payment payment = seen.view;
  payment.set_voided(true);
  payment.set_void_reason(request.reason());
  save_payment(tx, payment);
  SeenPayment after = co_await read_again(tx, payment.id(), ctx.caller);
  const auto people = co_await audience_of(tx, after.view);
  announce_updated(tx, ctx, seen.view, after.view, people, request.reason());
  co_return co_await finish(ctx, tx, std::move(after));
}

awaitable<Result<v1::ListPaymentVersionsReply>> PaymentRpc::list_versions(
    Context& ctx, const v1::ListPaymentVersionsRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await find_payment(tx, request.payment_id(), ctx.caller, hidden));
  v1::ListPaymentVersionsReply reply;
  auto versions = co_await payments::list_versions(tx, request.payment_id());
  for (auto& version : versions) *reply.add_versions() = std::move(version);
  co_return reply;
}

awaitable<Result<v1::PaymentExplanation>> PaymentRpc::explain(
    Context& ctx, const v1::ExplainPaymentRequest& request) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const SeenPayment seen,
         co_await find_payment(tx, request.payment_id(), ctx.caller, hidden));
  co_return co_await payments::explain(tx, seen.view);
}

awaitable<Result<void>> PaymentRpc::still_visible(Context& ctx, std::vector<std::string> ids) {
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto seen = co_await view_payments(tx, ids, ctx.caller);
  for (const auto& id : ids) CO_TRY_VOID(may_see(seen, id, ctx.caller, hidden));
  co_return Result<void>();
}

awaitable<Result<v1::Payment>> PaymentRpc::finish(Context& ctx, pg::Transaction& tx,
                                                  SeenPayment seen) {
  show_payment(seen, ctx.caller);
  CO_TRY_VOID(co_await tx.commit(seen.view));
  co_return std::move(seen.view);
}

}  // namespace bordero::payments
