#include "services/payments/src/plan/planner.hpp"

#include <algorithm>
#include <numeric>

#include "platform/json/json.hpp"
#include "services/payments/src/access/access.hpp"
#include "services/payments/src/commission/rule_store.hpp"
#include "services/payments/src/commission/terms.hpp"
#include "services/payments/src/payments/history.hpp"
#include "services/payments/src/payments/payment_store.hpp"

namespace bordero::payments {
namespace {

constexpr const char* kScheduleNote = "schedule";

std::optional<Date> early_end(const crm::v1::Policy& policy) {
  if (policy.status() != crm::v1::POLICY_STATUS_CLOSED) return std::nullopt;
  const auto closed_on = Date::parse(policy.closed_on());
  const auto end = Date::parse(policy.effective_to());
  if (!closed_on || (end && *closed_on >= *end)) return std::nullopt;
  return closed_on;
}

Schedule schedule_of(const crm::v1::Policy& policy, const std::optional<v1::Basis>& terms) {
  Schedule schedule;
  for (const auto& instalment : policy.instalments()) {
    const auto due_on = Date::parse(instalment.due_on());
    ensure(due_on.has_value(), "an instalment has its day");
    schedule.lines.push_back({.instalment_id = instalment.id(),
                              .number = static_cast<int>(schedule.lines.size()) + 1,
                              .due_on = *due_on,
                              .minor = instalment.amount().amount_minor()});
  }
  schedule.ended_on = early_end(policy);
  if (!terms) return schedule;
  schedule.terms = terms_view(*terms);
  schedule.payout_days = terms->payout_days();
  return schedule;
}

std::int64_t premium_of(const Schedule& schedule) {
  return std::accumulate(schedule.lines.begin(), schedule.lines.end(), std::int64_t{0},
                         [](std::int64_t sum, const Line& line) { return sum + line.minor; });
}

void set_money(common::v1::Money& money, std::int64_t minor, const std::string& currency) {
  money.set_amount_minor(minor);
  money.set_currency(currency);
}

// How the amount came about, kept with the payment.
v1::Basis basis_of(const Wanted& wanted, const Schedule& schedule,
                   const std::optional<v1::Basis>& terms, const std::string& currency) {
  const bool commission = wanted.type == v1::PAYMENT_TYPE_COMMISSION_INCOME;
  v1::Basis basis;
  basis.set_source("schedule");
  const std::int64_t premium = premium_of(schedule);
  if (commission) {
    basis = *terms;
    const Terms view = terms_view(*terms);
    set_money(*basis.mutable_commission(), whole_commission(view, premium), currency);
    basis.set_exact(exact_share(view, wanted.line.minor, premium));
    const bool last = wanted.line.instalment_id == schedule.lines.back().instalment_id;
    basis.set_rounding(last && schedule.lines.size() > 1 ? "remainder" : "half_up");
  }
  set_money(*basis.mutable_base(), wanted.line.minor, currency);
  set_money(*basis.mutable_premium(), premium, currency);
  set_money(*basis.mutable_computed(), wanted.minor, currency);
  basis.set_computed_on(wanted.planned_on.str());
  basis.set_due_on(wanted.line.due_on.str());
  basis.set_instalment_number(wanted.line.number);
  basis.set_instalment_count(static_cast<int>(schedule.lines.size()));
  return basis;
}

// Commission that is kept back from the client's money comes from the client.
std::string counterparty_of(const crm::v1::Policy& policy, v1::PaymentType type) {
  const bool from_insurer = type == v1::PAYMENT_TYPE_COMMISSION_INCOME &&
                            policy.payment_route() != crm::v1::PAYMENT_ROUTE_NET;
  return from_insurer ? policy.insurer_name() : policy.client_name();
}

v1::Payment payment_of(const crm::v1::Policy& policy, const Wanted& wanted,
                       const std::string& number) {
  v1::Payment payment;
  payment.set_id(Uuid::v7().str());
  payment.set_number(number);
  payment.set_deal_id(policy.deal_id());
  payment.set_policy_id(policy.id());
  payment.set_instalment_number(wanted.line.number);
  payment.set_client_id(policy.client_id());
  payment.set_insurer_id(policy.insurer_id());
  payment.set_product(policy.product());
  payment.set_type(wanted.type);
  payment.set_planned_date(wanted.planned_on.str());
  set_money(*payment.mutable_amount(), wanted.minor, currency_of(policy));
  payment.set_status(v1::PAYMENT_STATUS_PLANNED);
  payment.set_counterparty(counterparty_of(policy, wanted.type));
  return payment;
}

// One plan of one policy on its way into the database.
struct Work {
  const crm::v1::Policy& policy;
  Schedule schedule;
  std::optional<v1::Basis> terms;
  Replan plan;

  Computed computed(const Wanted& wanted) const {
    const auto basis = basis_of(wanted, schedule, terms, currency_of(policy));
    return {.instalment_id = wanted.line.instalment_id,
            .minor = wanted.minor,
            .on = wanted.planned_on.str(),
            .basis = json::text(basis)};
  }
};

awaitable<std::vector<std::string>> add_payments(pg::Transaction& tx, const Work& work) {
  std::vector<std::string> ids;
  if (work.plan.add.empty()) co_return ids;
  const auto numbers = co_await next_payment_numbers(tx, clock::today().year(),
                                                     static_cast<int>(work.plan.add.size()));
  for (std::size_t i = 0; i < work.plan.add.size(); ++i) {
    const auto payment = payment_of(work.policy, work.plan.add[i], numbers[i]);
    insert_payment(tx, payment, work.computed(work.plan.add[i]));
    ids.push_back(payment.id());
  }
  co_return ids;
}

void change_payments(pg::Transaction& tx, const Work& work, const SeenPayments& before) {
  for (const auto& change : work.plan.change) {
    v1::Payment payment = before.at(change.id).view;
    if (change.new_amount) {
      set_money(*payment.mutable_amount(), change.wanted.minor, currency_of(work.policy));
    }
    if (change.new_date) payment.set_planned_date(change.wanted.planned_on.str());
    save_replanned(tx, payment, work.computed(change.wanted));
  }
  for (const auto& dropped : work.plan.drop) {
    v1::Payment payment = before.at(dropped.id).view;
    payment.set_voided(true);
    payment.set_void_reason(dropped.reason);
    save_payment(tx, payment);
  }
}

std::vector<std::string> touched_ids(const Replan& plan) {
  std::vector<std::string> ids;
  for (const auto& change : plan.change) ids.push_back(change.id);
  for (const auto& dropped : plan.drop) ids.push_back(dropped.id);
  return ids;
}

awaitable<void> apply(pg::Transaction& tx, const Context& ctx, const Work& work) {
  const auto touched = touched_ids(work.plan);
  const auto before = co_await view_payments(tx, touched, ctx.caller);
  const auto added = co_await add_payments(tx, work);
  change_payments(tx, work, before);
  std::vector<std::string> all = added;
  all.insert(all.end(), touched.begin(), touched.end());
  if (all.empty()) co_return;

  const auto after = co_await view_payments(tx, all, ctx.caller);
  const std::set<std::string> deals = {work.policy.deal_id()};
  auto people = co_await people_of(tx, deals);
  const auto& audience = people[work.policy.deal_id()];
  for (const auto& id : added) {
    announce_planned(tx, ctx, after.at(id).view, audience, kScheduleNote);
  }
  for (const auto& id : touched) {
    const auto& view = after.at(id).view;
    const std::string note = view.voided() ? view.void_reason() : kScheduleNote;
    announce_updated(tx, ctx, before.at(id).view, view, audience, note);
  }
}

}  // namespace

awaitable<void> plan_policy(pg::Transaction& tx, const Context& ctx,
                            const std::optional<KeptPolicy>& before,
                            const crm::v1::Policy& policy) {
  std::optional<v1::Basis> terms;
  if (before) terms = before->terms;
  if (!terms || asks_new_terms(before->policy, policy)) {
    const auto rules = co_await list_all_rules(tx);
    terms = terms_of(policy, rules);
    save_terms(tx, policy.id(), terms);
  }
  Work work{.policy = policy, .schedule = schedule_of(policy, terms), .terms = terms, .plan = {}};
  const auto existing = co_await lock_planned(tx, policy.id());
  work.plan = replan(work.schedule, existing);
  co_await apply(tx, ctx, work);
  follow_policy(tx, policy);
}

}  // namespace bordero::payments
