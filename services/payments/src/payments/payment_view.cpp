#include "services/payments/src/payments/payment_view.hpp"

#include "platform/policy/capability.hpp"

namespace bordero::payments {

Hand hand_of(const Caller& caller, const policy::Relation& relation) {
  using policy::Decision;
  const auto writes = policy::decide(caller, "payments.write", "payments.read", relation);
  const auto confirms = policy::decide(caller, "payments.confirm", "payments.read", relation);
  return {.writes = writes == Decision::allow, .confirms = confirms == Decision::allow};
}

void show_payment(SeenPayment& seen, const Caller& caller) {
  const Payment payment = rule_view(seen.view);
  const Hand hand = hand_of(caller, seen.relation);
  const auto moves = allowed_moves(payment, hand);
  const auto change = may_change(payment, hand);
  auto& can = *seen.view.mutable_can();
  policy::add_capability(can, "update", change);
  const auto amount = may_change_amount(payment, "a note is asked for then");
  policy::add_capability(can, "update_amount", change ? amount : change);
  Result<void> transition;
  if (moves.empty()) transition = change ? Result<void>(refused("nothing_to_move_to")) : change;
  policy::add_capability(can, "transition", transition);
  Result<void> confirm;
  if (!hand.confirms) confirm = forbidden("only_finance_confirms");
  policy::add_capability(can, "confirm", payment.voided ? change : confirm);
  policy::add_capability(can, "void", may_void(payment, hand));
  for (const auto status : moves) {
    seen.view.add_allowed_statuses(pg::enum_tail(v1::PaymentStatus_descriptor(), status));
  }
}

}  // namespace bordero::payments
