#include "services/crm/src/deals/on_payment_changed.hpp"

#include "bordero/payments/v1/events.pb.h"
#include "services/crm/src/deals/deal_activation.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/journal/happened.hpp"

namespace bordero::crm {
namespace {

using payments::v1::Payment;

template <class Changed>
Result<Payment> payment_after(const mq::Event& event) {
  Changed message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.after();
}

Result<Payment> payment_of(const mq::Event& event) {
  const std::string& type = event.meta.type();
  if (type == "payments.payment.updated") return payment_after<payments::v1::PaymentUpdated>(event);
  if (type == "payments.payment.status_changed") {
    return payment_after<payments::v1::PaymentStatusChanged>(event);
  }
  payments::v1::PaymentPlanned message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.payment();
}

// The copy of the payment; false when ours is as new.
awaitable<bool> keep_payment(pg::Transaction& tx, const Payment& payment) {
  std::optional<std::string> instalment;
  if (!payment.instalment_id().empty()) instalment = payment.instalment_id();
  const int kept =
      co_await tx.count_of(R"sql(
      INSERT INTO policy_payments (payment_id, policy_id, deal_id, instalment_id, type, status,
                                   voided, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (payment_id)
         DO UPDATE SET instalment_id = EXCLUDED.instalment_id, status = EXCLUDED.status,
                       voided = EXCLUDED.voided, version = EXCLUDED.version
             WHERE policy_payments.version < EXCLUDED.version)sql",
                           payment.id(), payment.policy_id(), payment.deal_id(), instalment,
                           payment.type(), payment.status(), payment.voided(), payment.version());
  co_return kept > 0;
}

bool is_unpaid(const Payment& payment) {
  return !payment.voided() && (payment.status() == payments::v1::PAYMENT_STATUS_PLANNED ||
                               payment.status() == payments::v1::PAYMENT_STATUS_EXPECTED);
}

void keep_date(pg::Transaction& tx, const Payment& payment) {
  const auto on = Date::parse(payment.planned_date());
  if (!is_unpaid(payment) || !on) {
    clear_deal_date(tx, "payment", payment.deal_id(), payment.id());
    return;
  }
  set_deal_date(tx, {.deal_id = payment.deal_id(),
                     .kind = "payment",
                     .subject_id = payment.id(),
                     .on = *on,
                     .waiting_on = payment.waiting_on(),
                     .title = payment.policy_number()});
}

// The money that came and went stands in the deal's timeline.
void tell_money(pg::Transaction& tx, const Context& ctx, const mq::Event& event,
                const Payment& payment) {
  if (event.meta.type() != "payments.payment.status_changed") return;
  Context acting = ctx;
  const auto actor = Uuid::parse(event.meta.actor());
  if (actor) acting.caller = {.user_id = actor->str(), .role = Role::none};
  write_happened(tx, acting, payment.deal_id(),
                 {.kind = "payment_moved",
                  .to = pg::enum_tail(payments::v1::PaymentStatus_descriptor(), payment.status()),
                  .function = pg::enum_tail(payments::v1::PaymentType_descriptor(), payment.type()),
                  .subject = payment.number(),
                  .subject_id = payment.id()});
}

}  // namespace

awaitable<Result<void>> on_payment_changed(pg::Transaction& tx, Context& ctx,
                                           const mq::Event& event) {
  CO_TRY(const Payment payment, payment_of(event));
  const auto deal =
      co_await tx.find_one("SELECT id FROM deals WHERE id = $1 FOR UPDATE", payment.deal_id());
  if (!deal) co_return Result<void>();  // Of another installation's past; nothing to derive.
  const bool newer = co_await keep_payment(tx, payment);
  if (newer) keep_date(tx, payment);
  tell_money(tx, ctx, event, payment);
  refresh_deadlines(tx, {payment.deal_id()});
  Context system = ctx;
  system.caller = system_caller("premium_received");
  if (newer) co_await activate_paid_deal(tx, system, payment.deal_id());
  co_return Result<void>();
}

}  // namespace bordero::crm
