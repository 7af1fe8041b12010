#include "services/payments/src/seed/demo.hpp"

#include <array>

#include "demo/people.hpp"
#include "services/payments/src/access/access.hpp"
#include "services/payments/src/commission/rule_form.hpp"
#include "services/payments/src/commission/rule_store.hpp"
#include "services/payments/src/payments/history.hpp"
#include "services/payments/src/plan/planner.hpp"
#include "services/payments/src/seed/demo_payments.hpp"

namespace bordero::payments {
namespace {

constexpr std::chrono::minutes kLimit{5};
constexpr const char* kFirstRule = "01988c00-00b3-7000-8000-000000000001";

struct DemoRule {
  int insurer;  // Number in the demo agency's list; 0 is any.
  const char* product;
  v1::CommissionKind kind;
  const char* rate;
  int payout_days;
};
constexpr std::array kRules = {
    DemoRule{0, "", v1::COMMISSION_KIND_ANY, "10", 45},
    DemoRule{0, "osago", v1::COMMISSION_KIND_ANY, "8", 30},
    DemoRule{0, "osago", v1::COMMISSION_KIND_RENEWAL, "6.5", 30},
    DemoRule{0, "ns", v1::COMMISSION_KIND_ANY, "25", 30},
    DemoRule{1, "", v1::COMMISSION_KIND_ANY, "14", 20},
    DemoRule{2, "osago", v1::COMMISSION_KIND_NEW, "11", 20},
    DemoRule{2, "kasko", v1::COMMISSION_KIND_ANY, "19.5", 30},
    DemoRule{4, "ns", v1::COMMISSION_KIND_ANY, "28", 25},
};

std::string demo_id(int family, int number) {
  char id[37];
  std::snprintf(id, sizeof id, "01988c00-%04x-7000-8000-%012x", static_cast<unsigned>(family),
                static_cast<unsigned>(number));
  return id;
}

void seed_rules(pg::Transaction& tx, Date today) {
  int number = 0;
  for (const auto& demo : kRules) {
    v1::CommissionRule rule;
    rule.set_id(demo_id(0xb3, ++number));
    if (demo.insurer > 0) rule.set_insurer_id(demo_id(0xe1, demo.insurer));
    rule.set_product(static_cast<crm::v1::Product>(
        pg::enum_number(crm::v1::Product_descriptor(), demo.product).value_or(0)));
    rule.set_kind(demo.kind);
    rule.set_rate_percent(demo.rate);
    rule.set_base(v1::COMMISSION_BASE_PREMIUM);
    rule.set_valid_from(Date{today.plus_days(-1100)}.str());
    rule.set_payout_days(demo.payout_days);
    rule.set_updated_by(std::string(demo::kPeople[0].id));
    rule.set_version(1);
    insert_rule(tx, rule);
    keep_rule_version(tx, rule);
  }
}

// Brings a planned payment to where it is by today, step by step in its history.
void lead_to(pg::Transaction& tx, const SeenPayment& seen, const std::string& controller,
             v1::PaymentStatus status, Date today) {
  v1::Payment payment = seen.view;
  while (payment.status() < status) {
    const v1::Payment before = payment;
    payment.set_status(static_cast<v1::PaymentStatus>(payment.status() + 1));
    payment.set_version(payment.version() + 1);
    if (payment.status() == v1::PAYMENT_STATUS_RECEIVED) {
      const Date planned = *Date::parse(payment.planned_date());
      const int late = static_cast<int>(payment.amount().amount_minor() % 4);
      const Date came = std::min(planned.plus_days(late), today);
      payment.set_actual_date(came.str());
      payment.set_confirmed_by(controller);
      payment.set_confirmed_at(came.str() + "T11:20:00Z");
    }
    save_payment(tx, payment);
    keep_version(tx, controller, "status_changed", "", before, payment);
  }
}

awaitable<void> seed_policy(pg::Transaction& tx, const Context& ctx, const demo::Book& book,
                            const demo::BookPolicy& from, Date today) {
  const auto kept = co_await lock_policy(tx, from.id);
  const auto policy = policy_of(book, from);
  const bool newer = co_await keep_policy(tx, policy);
  if (policy.status() == crm::v1::POLICY_STATUS_DRAFT) co_return;
  if (newer) co_await plan_policy(tx, ctx, kept, policy);

  std::vector<std::string> ids;
  for (const auto& payment : co_await lock_planned(tx, policy.id())) ids.push_back(payment.id);
  const auto before = co_await view_payments(tx, ids, ctx.caller);
  const auto& deal = book.deals[static_cast<std::size_t>(from.deal)];
  for (const auto& [id, seen] : before) {
    lead_to(tx, seen, deal.controller_id, demo_status(seen.view, seen.route, today), today);
  }
  // One event a payment tells where it has come to; a year of steps would be no news today.
  const auto after = co_await view_payments(tx, ids, ctx.caller);
  for (const auto& [id, seen] : after) {
    if (seen.view.version() == before.at(id).view.version()) continue;
    tell_state(tx, ctx, before.at(id).view, seen.view,
               {deal.lead_id, deal.executor_id, deal.controller_id});
  }
}

// History happened when it happened, not when it was made up.
void date_history(pg::Transaction& tx) {
  tx.execute(R"sql(
      UPDATE payment_versions v
         SET at = CASE v.version
                    WHEN 1 THEN least(o.starts, p.planned_date - 1) + interval '10 hours'
                    WHEN 2 THEN p.planned_date - 2 + interval '12 hours'
                    ELSE coalesce(p.actual_date, p.planned_date)
                         + make_interval(hours => 9 + v.version)
                  END
        FROM payments p
        JOIN (SELECT id, (policy->>'effective_from')::date AS starts FROM policies) o
          ON o.id = p.policy_id
       WHERE p.id = v.payment_id AND p.planned_date < now())sql");
}

}  // namespace

awaitable<Result<void>> seed_demo(pg::Database& db) {
  Context ctx = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto there = co_await tx.find_one("SELECT FROM commission_rules WHERE id = $1", kFirstRule);
  if (there) co_return Result<void>();

  const Date today = clock::today();
  for (const auto& person : demo::kPeople) {
    tx.execute(R"sql(
        INSERT INTO users (id, full_name, role, status, version)
        VALUES ($1, $2, $3, 'active', 1)
        ON CONFLICT DO NOTHING)sql",
               person.id, person.full_name, role_name(person.role));
  }
  seed_rules(tx, today);
  const auto book = demo::book(today);
  for (const auto& policy : book.policies) co_await seed_policy(tx, ctx, book, policy, today);
  date_history(tx);
  co_return co_await tx.commit();
}

}  // namespace bordero::payments
