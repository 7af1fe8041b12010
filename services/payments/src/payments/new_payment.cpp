#include "services/payments/src/payments/new_payment.hpp"

#include "services/payments/src/payments/moving.hpp"
#include "services/payments/src/policies/policy_store.hpp"

namespace bordero::payments {
namespace {

std::string counterparty_of(const crm::v1::Policy& policy, const v1::Payment& payment,
                            const std::optional<projection::User>& payee) {
  if (payment.type() == v1::PAYMENT_TYPE_COMMISSION_INCOME) return policy.insurer_name();
  if (payment.type() == v1::PAYMENT_TYPE_EXECUTOR_FEE) return payee->full_name;
  return policy.client_name();
}

}  // namespace

Result<void> check_payee(const v1::Payment& payment, const std::optional<projection::User>& payee) {
  const bool named = !payment.payee_user_id().empty();
  if (payment.type() != v1::PAYMENT_TYPE_EXECUTOR_FEE) {
    if (named) return invalid_field("payee_user_id", "only_for_executor_fee");
    return {};
  }
  if (!named) return invalid_field("payee_user_id", "required");
  if (!payee) return invalid_field("payee_user_id", "user_not_found");
  if (!payee->active) return invalid_field("payee_user_id", "user_not_active");
  return {};
}

Result<v1::Payment> new_payment(const crm::v1::Policy& policy,
                                const v1::CreatePaymentRequest& request,
                                const std::optional<projection::User>& payee) {
  if (request.type() == v1::PAYMENT_TYPE_CLIENT_PREMIUM) {
    return invalid_field("type", "premium_follows_schedule");
  }
  if (policy.status() == crm::v1::POLICY_STATUS_DRAFT) return refused("policy_is_draft");
  v1::Payment payment;
  payment.set_id(Uuid::v7().str());
  payment.set_deal_id(policy.deal_id());
  payment.set_policy_id(policy.id());
  payment.set_client_id(policy.client_id());
  payment.set_insurer_id(policy.insurer_id());
  payment.set_product(policy.product());
  payment.set_type(request.type());
  payment.set_status(v1::PAYMENT_STATUS_PLANNED);
  payment.set_planned_date(request.planned_date());
  payment.mutable_amount()->set_currency(currency_of(policy));
  TRY(check_amount(payment, request.amount()));
  *payment.mutable_amount() = request.amount();
  payment.set_payee_user_id(request.payee_user_id());
  TRY(check_payee(payment, payee));
  payment.set_counterparty(request.counterparty());
  if (payment.counterparty().empty()) {
    payment.set_counterparty(counterparty_of(policy, payment, payee));
  }
  payment.set_notes(request.notes());
  return payment;
}

}  // namespace bordero::payments
