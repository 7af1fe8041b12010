#include "services/payments/src/payments/moving.hpp"

#include "platform/base/money.hpp"
#include "platform/rpc/patch.hpp"
#include "services/payments/src/payments/payment_view.hpp"

namespace bordero::payments {
namespace {

// What came may differ from the plan; then a note says why.
Result<void> take_amount(v1::Payment& payment, const Step& step) {
  if (!step.amount || step.amount->amount_minor() == payment.amount().amount_minor()) return {};
  TRY(check_amount(payment, *step.amount));
  TRY(may_change_amount(rule_view(payment), step.move.note));
  if (is_blank(step.move.note)) return invalid_field("note", "difference_needs_note");
  *payment.mutable_amount() = *step.amount;
  return {};
}

void note_confirmation(v1::Payment& payment, const Context& ctx, const Step& step) {
  if (!is_settled(payment.status())) {
    payment.clear_actual_date();
    payment.clear_confirmed_by();
    payment.clear_confirmed_at();
    return;
  }
  if (step.move.actual_date.empty()) return;  // On the way to paid_out or back from it.
  payment.set_actual_date(step.move.actual_date);
  payment.set_confirmed_by(ctx.caller.user_id);
  payment.set_confirmed_at(instant_text(clock::now()));
}

}  // namespace

Result<void> check_amount(const v1::Payment& payment, const common::v1::Money& amount) {
  if (amount.amount_minor() <= 0) return invalid_field("amount", "not_positive");
  if (amount.amount_minor() > kMaxMinor) return invalid_field("amount", "amount_out_of_range");
  if (amount.currency() != payment.amount().currency()) {
    return invalid_field("amount", "other_currency");
  }
  return {};
}

Result<v1::Payment> stepped(const SeenPayment& seen, const Context& ctx, const Step& step) {
  const Hand hand = hand_of(ctx.caller, seen.relation);
  TRY(may_move(rule_view(seen.view), hand, step.move, clock::today()));
  TRY(rpc::check_version(seen.view.version(), step.version, "payment_changed"));
  v1::Payment payment = seen.view;
  TRY(take_amount(payment, step));
  payment.set_status(step.move.to);
  note_confirmation(payment, ctx, step);
  return payment;
}

}  // namespace bordero::payments
