#include "demo/large_copies.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/policies/policy_steps.hpp"
#include "services/crm/src/seed/large_rows.hpp"

namespace bordero::crm {
namespace {

std::string quoted(const std::string& text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json.push_back('\\');
    json.push_back(c);
  }
  return json + "\"";
}

std::string parties_of(const large::Deal& deal) {
  return R"([{"role":"policyholder","client_id":")" + deal.client_id + R"(","name":)" +
         quoted(deal.client_name) + "}]";
}

const large::Policy* successor_of(const large::DealFile& file, const large::Policy& policy) {
  for (const auto& other : file.policies) {
    if (!policy.successor_id.empty() && other.id == policy.successor_id) return &other;
  }
  return nullptr;
}

// As renewals_follow would say it; the large set has no quotes.
const char* renewal_of(const large::Policy& policy, const large::Policy* successor) {
  if (policy.status == "draft") return "";
  if (successor != nullptr) return successor->status == "draft" ? "drafted" : "renewed";
  return policy.in_force() ? "upcoming" : "lapsed";
}

constexpr int kTwoYears = 731;

}  // namespace

void LargeRows::add_policy(const large::DealFile& file, const large::Policy& policy,
                           const std::string& objects) {
  const large::Deal& deal = file.deal;
  const bool closed = !policy.in_force();
  const bool continued = !policy.successor_id.empty();
  const std::string entered = policy.from.plus_days(-7).str() + " 10:00:00";
  policies_.plain(policy.id).plain(deal.id).plain(deal.client_id).text(policy.code);
  policies_.plain(search::code_of(policy.code)).plain(policy.insurer_id).plain(policy.product);
  policies_.text(objects).text(parties_of(deal)).plain(policy.from.str()).plain(policy.to.str());
  policies_.number(policy.premium_minor).number(policy.coverage_minor).plain("RUB");
  policies_.text(large::instalments_json(policy)).plain(policy.route).plain(policy.rate);
  policies_.plain(policy.status).flag(!policy.predecessor_id.empty());
  policies_.optional(policy.predecessor_id).optional(policy.successor_id);
  policies_.optional(closed ? policy.to.str() : "");
  policies_.text(!closed ? "" : continued ? kReplaced : "Не продлён").plain(policy.from.str());
  policies_.optional(policy.status == "renewal_pending" ? policy.to.str() : "");
  policies_.plain(entered).plain(entered);
  const large::Policy* successor = successor_of(file, policy);
  policies_.optional(renewal_of(policy, successor));
  policies_.optional(successor == nullptr ? "" : std::to_string(successor->premium_minor));
  // Clients whose policies ended so long ago are inactive already.
  policies_.flag(closed && policy.to <= book_.today().plus_days(-kTwoYears)).end_row();

  for (const auto& user_id : deal.people()) {
    policy_access_.plain(policy.id).plain(user_id).flag(user_id == deal.lead_id);
    policy_access_.plain(policy.status).plain(policy.to.str()).end_row();
  }
}

// What Payments and Tasks told and may still change, and what the clock has told.
void LargeRows::tell(const large::DealFile& file) {
  for (const auto& payment : file.payments) {
    const auto& policy = file.policies[payment.policy];
    if (!policy.in_force()) continue;
    const std::string instalment =
        payment.instalment < 0
            ? ""
            : policy.instalments[static_cast<std::size_t>(payment.instalment)].id;
    policy_payments_.plain(payment.id).plain(policy.id).plain(file.deal.id).optional(instalment);
    policy_payments_.plain(payment.type).plain(payment.status).flag(false).plain("1").end_row();
  }
  for (const auto& task : file.tasks) {
    if (task.of_deal && task.open()) task_versions_.plain(task.id).plain("1").end_row();
  }
  const Date today = book_.today();
  for (const auto& policy : file.policies) {
    if (!policy.in_force()) continue;
    demo::add_told(fired_, "renewal_ahead", policy.id, policy.to, {-30, -7}, today);
    demo::add_told(fired_, "policy_ended", policy.id, policy.to, {0, 3}, today);
  }
  const auto review = file.deal.next_review_on;
  if (review) demo::add_told(fired_, "deal_review", file.deal.id, *review, {0}, today);
}

std::vector<demo::CopyTarget> LargeRows::targets() {
  return {
      {"clients (id, type, full_name, short_name, sort_name, tax_number, registration_number, "
       "segment, status, contacts, address, owner_id, created_at, updated_at)",
       &clients_},
      {"client_access (client_id, user_id, is_owner, deal_count, sort_name, archived)",
       &client_access_},
      {"client_search (client_id, words, users)", &client_search_},
      {"deals (id, number, client_id, title, status, status_changed_at, lost_reason, objects, "
       "lead_agent_id, executor_id, finance_controller_id, next_review_at, deadline_on, "
       "deadline_reason, deadline_subject_id, deadline_waiting_on, deadline_assignee_id, "
       "issuance_at, created_at, updated_at)",
       &deals_},
      {"deal_members (deal_id, user_id, function)", &deal_members_},
      {"deal_access (deal_id, user_id, is_lead, status, deadline_on)", &deal_access_},
      {"deal_search (deal_id, words, users)", &deal_search_},
      {"policies (id, deal_id, client_id, number, number_key, insurer_id, product, objects, "
       "parties, effective_from, effective_to, premium_minor, coverage_sum_minor, currency, "
       "instalments, payment_route, commission_rate, status, is_renewal, predecessor_id, "
       "successor_id, closed_on, close_reason, activated_at, noticed_for, created_at, updated_at, "
       "renewal_state, renewal_premium_minor, client_checked)",
       &policies_},
      {"policy_access (policy_id, user_id, is_lead, status, effective_to)", &policy_access_},
      {"policy_payments (payment_id, policy_id, deal_id, instalment_id, type, status, voided, "
       "version)",
       &policy_payments_},
      {"deal_dates (deal_id, kind, subject_id, on_date, waiting_on, assignee_id)", &deal_dates_},
      {"task_versions (task_id, version)", &task_versions_},
      {demo::kFiredColumns, &fired_}};
}

}  // namespace bordero::crm
