#include "services/payments/src/payments/payment.hpp"

#include <cstdlib>

#include "platform/base/months.hpp"
#include "platform/pg/param.hpp"
#include "platform/search/folding.hpp"
#include "services/payments/src/plan/plan.hpp"

namespace bordero::payments {
namespace {

constexpr int kLongAgoMonths = 10 * 12;

std::vector<std::string> allowed_names(const Payment& payment, const Hand& hand) {
  std::vector<std::string> names;
  for (const auto status : allowed_moves(payment, hand)) {
    names.push_back(pg::enum_tail(v1::PaymentStatus_descriptor(), status));
  }
  return names;
}

bool is_step(v1::PaymentStatus from, v1::PaymentStatus to) {
  const bool known = to >= v1::PAYMENT_STATUS_PLANNED && to <= v1::PAYMENT_STATUS_PAID_OUT;
  return known && std::abs(static_cast<int>(from) - static_cast<int>(to)) == 1;
}

// A step that says whether money is there, either way.
bool needs_finance(v1::PaymentStatus from, v1::PaymentStatus to) {
  return is_settled(from) || is_settled(to);
}

Result<void> check_actual_date(const Move& move, bool arrives, Date today) {
  if (!arrives && !move.actual_date.empty()) {
    return invalid_field("actual_date", "only_when_received");
  }
  if (!arrives) return {};
  if (move.actual_date.empty()) return invalid_field("actual_date", "required");
  const auto day = Date::parse(move.actual_date);
  if (!day) return invalid_field("actual_date", "not_a_date");
  if (*day > today) return invalid_field("actual_date", "in_the_future");
  // A year was mistyped.
  if (*day < plus_months(today, -kLongAgoMonths)) return invalid_field("actual_date", "long_ago");
  return {};
}

}  // namespace

bool is_blank(const std::string& text) { return search::is_blank(text); }

std::vector<v1::PaymentStatus> allowed_moves(const Payment& payment, const Hand& hand) {
  std::vector<v1::PaymentStatus> allowed;
  if (payment.voided || !hand.writes) return allowed;
  for (int i = v1::PAYMENT_STATUS_PLANNED; i <= v1::PAYMENT_STATUS_PAID_OUT; ++i) {
    const auto to = static_cast<v1::PaymentStatus>(i);
    if (!is_step(payment.status, to)) continue;
    if (needs_finance(payment.status, to) && !hand.confirms) continue;
    allowed.push_back(to);
  }
  return allowed;
}

Result<void> may_move(const Payment& payment, const Hand& hand, const Move& move, Date today) {
  if (!hand.writes) return forbidden("not_allowed");
  if (payment.voided) return refused("payment_is_voided");
  if (!is_step(payment.status, move.to)) {
    return refused("payment_transition_not_allowed", allowed_names(payment, hand));
  }
  if (needs_finance(payment.status, move.to) && !hand.confirms) {
    return forbidden("only_finance_confirms");
  }
  const bool back = move.to < payment.status;
  if (back && is_blank(move.note)) return invalid_field("note", "step_back_needs_note");
  const bool arrives = !back && move.to == v1::PAYMENT_STATUS_RECEIVED;
  return check_actual_date(move, arrives, today);
}

Result<void> may_change(const Payment& payment, const Hand& hand) {
  if (!hand.writes) return forbidden("not_allowed");
  if (payment.voided) return refused("payment_is_voided");
  if (is_settled(payment.status) && !hand.confirms) return forbidden("only_finance_changes");
  return {};
}

Result<void> may_change_amount(const Payment& payment, const std::string& note) {
  if (payment.type == v1::PAYMENT_TYPE_CLIENT_PREMIUM) {
    return refused("premium_follows_schedule");
  }
  if (is_settled(payment.status) && is_blank(note)) {
    return invalid_field("note", "received_amount_needs_note");
  }
  return {};
}

Result<void> may_void(const Payment& payment, const Hand& hand) {
  if (!hand.writes) return forbidden("not_allowed");
  if (payment.voided) return refused("payment_is_voided");
  if (is_settled(payment.status)) return refused("payment_is_received");
  return {};
}

bool is_overdue(const Payment& payment, Date today) {
  return !payment.voided && !is_settled(payment.status) && payment.planned_on < today;
}

const char* waiting_on(const Payment& payment, crm::v1::PaymentRoute route) {
  const bool premium = payment.type == v1::PAYMENT_TYPE_CLIENT_PREMIUM;
  const bool commission = payment.type == v1::PAYMENT_TYPE_COMMISSION_INCOME;
  if (payment.voided) return "";
  switch (payment.status) {
    case v1::PAYMENT_STATUS_PLANNED:
      if (premium) return "client";
      // Kept back from the client's money, it comes with the premium.
      if (commission) return route == crm::v1::PAYMENT_ROUTE_NET ? "client" : "insurer";
      return "agent";
    case v1::PAYMENT_STATUS_EXPECTED:
      return "finance";
    case v1::PAYMENT_STATUS_RECEIVED:
      // Paid directly it has arrived where it belongs; else the agency still passes it on.
      return premium && route != crm::v1::PAYMENT_ROUTE_DIRECT ? "finance" : "";
    default:
      return "";
  }
}

}  // namespace bordero::payments
