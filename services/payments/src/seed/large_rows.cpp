#include "services/payments/src/seed/large_rows.hpp"

#include "services/payments/src/commission/shares.hpp"

namespace bordero::payments {
namespace {

using large::DealFile;
using large::Payment;
using large::Policy;

constexpr const char* kPayoutDays = "30";

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json.push_back('\\');
    json.push_back(c);
  }
  return json + "\"";
}

// One member of an object; nothing when the value is empty.
std::string text(const char* name, const std::string& value) {
  if (value.empty()) return "";
  return std::string(",\"") + name + "\":" + quoted(value);
}
std::string json(const char* name, const std::string& value) {
  return std::string(",\"") + name + "\":" + value;
}

std::string policy_json(const DealFile& file, const Policy& policy) {
  const auto& deal = file.deal;
  std::string whole = "{\"id\":\"" + policy.id + "\"" + text("deal_id", deal.id);
  whole += text("deal_number", deal.code) + text("client_id", deal.client_id);
  whole += text("client_name", deal.client_name) + text("number", policy.code);
  whole += text("insurer_id", policy.insurer_id) + text("insurer_name", policy.insurer_name);
  whole += text("product", policy.product) + text("effective_from", policy.from.str());
  whole += text("effective_to", policy.to.str());
  whole += json("premium", large::money_json(policy.premium_minor));
  whole += json("coverage_sum", large::money_json(policy.coverage_minor));
  whole += json("instalments", large::instalments_json(policy));
  whole += text("payment_route", policy.route) + text("commission_rate", policy.rate);
  whole += text("status", policy.status);
  if (!policy.predecessor_id.empty()) whole += json("is_renewal", "true");
  whole += text("predecessor_id", policy.predecessor_id);
  whole += text("successor_id", policy.successor_id);
  if (!policy.in_force()) whole += text("closed_on", policy.to.str());
  whole += text("lead_agent_id", deal.lead_id) + json("version", "1");
  return whole + "}";
}

std::string terms_json(const Policy& policy) {
  return R"({"source":"policy_rate")" + text("rate_percent", policy.rate) +
         json("payout_days", kPayoutDays) + "}";
}

// How the amount came about, as the planner keeps it.
std::string basis_json(const Policy& policy, const Payment& payment) {
  const auto index = static_cast<std::size_t>(payment.instalment);
  const auto& line = policy.instalments[index];
  std::string basis = R"({"source":"schedule")";
  if (payment.type == "commission_income") {
    const Terms terms{.rate_units = policy.rate_permille * std::int64_t{1'000}};
    const bool last = index + 1 == policy.instalments.size();
    const bool remainder = last && policy.instalments.size() > 1;
    basis = R"({"source":"policy_rate")" + text("rate_percent", policy.rate);
    basis += json("payout_days", kPayoutDays);
    basis += json("commission", large::money_json(policy.commission_minor()));
    basis += text("exact", exact_share(terms, line.minor, policy.premium_minor));
    basis += text("rounding", remainder ? "remainder" : "half_up");
  }
  basis += json("base", large::money_json(line.minor));
  basis += json("premium", large::money_json(policy.premium_minor));
  basis += json("computed", large::money_json(payment.minor));
  basis += text("computed_on", payment.planned_on.str()) + text("due_on", line.due_on.str());
  basis += json("instalment_number", std::to_string(index + 1));
  basis += json("instalment_count", std::to_string(policy.instalments.size()));
  return basis + "}";
}

}  // namespace

void LargeRows::add_policy(const DealFile& file, const Policy& policy) {
  const auto& deal = file.deal;
  policies_.plain(policy.id).plain(deal.id).plain(deal.client_id).text(deal.client_name);
  policies_.text(policy.code).plain(policy.insurer_id).text(policy.insurer_name);
  policies_.plain(policy.product).plain("RUB").plain(policy.route).plain(policy.status);
  policies_.text(policy_json(file, policy)).text(terms_json(policy)).plain("1").end_row();
}

void LargeRows::add_payment(const DealFile& file, const Payment& payment) {
  const auto& deal = file.deal;
  const Policy& policy = file.policies[payment.policy];
  const bool planned = payment.instalment >= 0;
  const std::string day = payment.planned_on.str();
  payments_.plain(payment.id).plain(payment.code).plain(deal.id).plain(policy.id);
  if (planned) {
    payments_.plain(policy.instalments[static_cast<std::size_t>(payment.instalment)].id);
    payments_.number(payment.instalment + 1).text(basis_json(policy, payment));
    payments_.number(payment.minor).plain(day);
  } else {
    payments_.null().null().null().null().null();
  }
  payments_.plain(deal.client_id).plain(policy.insurer_id).plain(policy.product);
  payments_.plain(deal.lead_id).plain(payment.type).plain(day);
  const bool from_insurer = payment.type == "commission_income" && policy.route != "net";
  const std::string came = payment.actual_on ? payment.actual_on->str() : "";
  const std::string made = policy.from.str() + " 10:00:00";
  payments_.optional(came).number(payment.minor).plain("RUB").plain(payment.status);
  payments_.text(from_insurer ? policy.insurer_name : deal.client_name);
  payments_.optional(payment.payee_id).optional(payment.confirmed_by);
  payments_.optional(came.empty() ? "" : came + " 11:20:00");
  payments_.plain(made).plain(came.empty() ? made : came + " 11:20:00").plain(made).end_row();

  for (const auto& user_id : deal.people()) {
    payment_access_.plain(payment.id).plain(user_id).plain(deal.id);
    payment_access_.flag(user_id == deal.lead_id).plain(day).plain(payment.status).end_row();
  }
  if (!payment.open()) return;
  demo::add_told(fired_, "payment_due", payment.id, payment.planned_on, {-14, -3, 0}, today_);
  demo::add_told(fired_, "payment_overdue", payment.id, payment.planned_on, {1, 5}, today_);
}

void LargeRows::add(const DealFile& file) {
  deals_.add(file.deal);
  for (const auto& policy : file.policies) add_policy(file, policy);
  for (const auto& payment : file.payments) add_payment(file, payment);
}

std::vector<demo::CopyTarget> LargeRows::targets() {
  auto targets = deals_.targets();
  targets.push_back(
      {"policies (id, deal_id, client_id, client_name, number, insurer_id, "
       "insurer_name, product, currency, payment_route, status, policy, terms, "
       "version)",
       &policies_});
  targets.push_back(
      {"payments (id, number, deal_id, policy_id, instalment_id, instalment_number, "
       "basis, computed_minor, computed_on, client_id, insurer_id, product, "
       "lead_agent_id, type, planned_date, actual_date, amount_minor, currency, status, "
       "counterparty, "
       "payee_user_id, confirmed_by, confirmed_at, created_at, updated_at, dated_at)",
       &payments_});
  targets.push_back({"payment_access (payment_id, user_id, deal_id, is_lead, planned_date, status)",
                     &payment_access_});
  targets.push_back({demo::kFiredColumns, &fired_});
  return targets;
}

}  // namespace bordero::payments
