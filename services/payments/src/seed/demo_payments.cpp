#include "services/payments/src/seed/demo_payments.hpp"

#include "platform/json/json.hpp"

namespace bordero::payments {
namespace {

constexpr int kPassedOnAfterDays = 12;

void set_money(common::v1::Money& money, std::int64_t minor) {
  money.set_amount_minor(minor);
  money.set_currency("RUB");
}

template <class E>
E enum_of(const google::protobuf::EnumDescriptor* type, const std::string& tail) {
  return static_cast<E>(json::enum_number(type, tail).value_or(0));
}

// The same for the same payment on every machine: of the amount and the day, which never change.
int chance(const v1::Payment& payment, Date day) {
  const auto days = static_cast<std::uint64_t>(day.day.time_since_epoch().count());
  const auto minor = static_cast<std::uint64_t>(payment.amount().amount_minor());
  std::uint64_t z = days * 0x9E3779B97F4A7C15ULL ^ minor * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 29)) * 0x94D049BB133111EBULL;
  return static_cast<int>((z ^ (z >> 32)) % 100);
}

}  // namespace

crm::v1::Policy policy_of(const demo::Book& book, const demo::BookPolicy& from) {
  const auto& deal = book.deals[static_cast<std::size_t>(from.deal)];
  crm::v1::Policy policy;
  policy.set_id(from.id);
  policy.set_deal_id(deal.id);
  policy.set_client_id(deal.client_id);
  policy.set_client_name(deal.client_name);
  policy.set_number(from.number);
  policy.set_insurer_id(from.insurer_id);
  policy.set_insurer_name(from.insurer_name);
  policy.set_product(enum_of<crm::v1::Product>(crm::v1::Product_descriptor(), from.product));
  policy.set_effective_from(from.effective_from.str());
  policy.set_effective_to(from.effective_to.str());
  set_money(*policy.mutable_premium(), from.premium_minor);
  for (const auto& part : from.instalments) {
    auto& instalment = *policy.add_instalments();
    instalment.set_id(part.id);
    instalment.set_number(policy.instalments_size());
    instalment.set_due_on(part.due_on.str());
    set_money(*instalment.mutable_amount(), part.amount_minor);
  }
  policy.set_payment_route(
      enum_of<crm::v1::PaymentRoute>(crm::v1::PaymentRoute_descriptor(), from.payment_route));
  policy.set_commission_rate(from.commission_rate);
  policy.set_status(
      enum_of<crm::v1::PolicyStatus>(crm::v1::PolicyStatus_descriptor(), from.status));
  policy.set_is_renewal(!from.predecessor_id.empty());
  policy.set_predecessor_id(from.predecessor_id);
  policy.set_successor_id(from.successor_id);
  policy.set_closed_on(from.closed_on);
  policy.set_lead_agent_id(deal.lead_id);
  policy.set_version(1);
  return policy;
}

v1::PaymentStatus demo_status(const v1::Payment& payment, crm::v1::PaymentRoute route, Date today) {
  const Date day = Date::parse(payment.planned_date()).value_or(today);
  const int share = chance(payment, day);
  const auto late = (today.day - day.day).count();
  if (late < -7) return v1::PAYMENT_STATUS_PLANNED;
  if (late < 0) return share < 40 ? v1::PAYMENT_STATUS_EXPECTED : v1::PAYMENT_STATUS_PLANNED;
  if (late < 30 && share < 22) return v1::PAYMENT_STATUS_EXPECTED;
  if (late < 90 && share < 3) return v1::PAYMENT_STATUS_PLANNED;
  const bool passes_on = payment.type() == v1::PAYMENT_TYPE_COMMISSION_INCOME ||
                         route != crm::v1::PAYMENT_ROUTE_DIRECT;
  return passes_on && late > kPassedOnAfterDays ? v1::PAYMENT_STATUS_PAID_OUT
                                                : v1::PAYMENT_STATUS_RECEIVED;
}

}  // namespace bordero::payments
