#include "services/crm/src/deals/whose_move.hpp"

namespace bordero::crm {

const char* whose_payment(payments::v1::PaymentType type, payments::v1::PaymentStatus status) {
  if (status == payments::v1::PAYMENT_STATUS_EXPECTED) return "finance";
  switch (type) {
    case payments::v1::PAYMENT_TYPE_CLIENT_PREMIUM:
      return "client";
    case payments::v1::PAYMENT_TYPE_COMMISSION_INCOME:
      return "insurer";
    default:
      return "agent";
  }
}

const char* whose_task(Role assignee) {
  switch (assignee) {
    case Role::executor:
      return "executor";
    case Role::finance:
      return "finance";
    default:
      return "agent";
  }
}

}  // namespace bordero::crm
