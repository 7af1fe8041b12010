#include "services/payments/src/plan/plan.hpp"

#include <map>
#include <set>

namespace bordero::payments {
namespace {

using Key = std::pair<std::string, v1::PaymentType>;

bool will_come(const Schedule& schedule, const Line& line) {
  return !schedule.ended_on || line.due_on <= *schedule.ended_on;
}

// Why a payment of this instalment is not wanted any more.
const char* drop_reason(const Schedule& schedule, const Existing& payment) {
  for (const Line& line : schedule.lines) {
    if (line.instalment_id != payment.instalment_id) continue;
    return will_come(schedule, line) ? "commission_dropped" : "policy_ended";
  }
  return "instalment_dropped";
}

// Instalments whose premium has arrived: their commission stays owed, whatever the schedule says.
std::set<std::string> paid_instalments(const std::vector<Existing>& existing) {
  std::set<std::string> paid;
  for (const Existing& payment : existing) {
    const bool premium = payment.type == v1::PAYMENT_TYPE_CLIENT_PREMIUM;
    if (premium && is_settled(payment.status)) paid.insert(payment.instalment_id);
  }
  return paid;
}

}  // namespace

bool is_settled(v1::PaymentStatus status) {
  return status == v1::PAYMENT_STATUS_RECEIVED || status == v1::PAYMENT_STATUS_PAID_OUT;
}

std::vector<Wanted> wanted_payments(const Schedule& schedule) {
  std::vector<std::int64_t> instalments;
  for (const Line& line : schedule.lines) instalments.push_back(line.minor);
  std::vector<std::int64_t> shares(instalments.size(), 0);
  if (schedule.terms) shares = commission_shares(*schedule.terms, instalments);

  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < schedule.lines.size(); ++i) {
    const Line& line = schedule.lines[i];
    if (!will_come(schedule, line)) continue;
    wanted.push_back({v1::PAYMENT_TYPE_CLIENT_PREMIUM, line, line.due_on, line.minor});
    if (shares[i] == 0) continue;
    const Date payout = line.due_on.plus_days(schedule.payout_days);
    wanted.push_back({v1::PAYMENT_TYPE_COMMISSION_INCOME, line, payout, shares[i]});
  }
  return wanted;
}

Replan replan(const Schedule& schedule, const std::vector<Existing>& existing) {
  Replan plan;
  std::map<Key, Wanted> wanted;
  for (Wanted& one : wanted_payments(schedule)) wanted.emplace(one.key(), std::move(one));
  const auto paid = paid_instalments(existing);

  for (const Existing& payment : existing) {
    auto found = wanted.extract(payment.key());
    if (is_settled(payment.status)) continue;
    if (found.empty()) {
      if (paid.contains(payment.instalment_id)) continue;
      plan.drop.push_back({payment.id, drop_reason(schedule, payment)});
      continue;
    }
    const Wanted& one = found.mapped();
    const bool new_amount = one.minor != payment.computed_minor;
    const bool new_date = one.planned_on != payment.computed_on;
    if (!new_amount && !new_date) continue;
    plan.change.push_back({payment.id, one, new_amount, new_date});
  }
  for (const Wanted& one : wanted_payments(schedule)) {
    if (wanted.contains(one.key())) plan.add.push_back(one);
  }
  return plan;
}

}  // namespace bordero::payments
