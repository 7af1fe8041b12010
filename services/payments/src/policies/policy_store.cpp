#include "services/payments/src/policies/policy_store.hpp"

#include <algorithm>

#include "platform/json/json.hpp"
#include "services/payments/src/access/access.hpp"

namespace bordero::payments {
namespace {

KeptPolicy kept_of(const pg::Row& row) {
  KeptPolicy kept;
  const auto read = json::parse_stored(row.text("policy"), kept.policy);
  ensure(read.ok(), "a policy that was kept is readable");
  if (row.is_null("terms")) return kept;
  const auto terms = json::parse_stored(row.text("terms"), kept.terms.emplace());
  ensure(terms.ok(), "terms that were kept are readable");
  return kept;
}

crm::v1::PaymentRoute route_of(const crm::v1::Policy& policy) {
  if (policy.payment_route() != crm::v1::PAYMENT_ROUTE_UNSPECIFIED) return policy.payment_route();
  return crm::v1::PAYMENT_ROUTE_DIRECT;
}

}  // namespace

std::string currency_of(const crm::v1::Policy& policy) {
  return policy.premium().currency().empty() ? "RUB" : policy.premium().currency();
}

awaitable<bool> keep_policy(pg::Transaction& tx, const crm::v1::Policy& policy) {
  const auto route = route_of(policy);
  const std::string currency = currency_of(policy);
  const std::string whole = json::text(policy);
  const auto row = co_await tx.find_one(
      R"sql(
      INSERT INTO policies (id, deal_id, client_id, client_name, number, insurer_id, insurer_name,
                            product, currency, payment_route, status, policy, version)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT (id) DO UPDATE
         SET deal_id = EXCLUDED.deal_id, client_id = EXCLUDED.client_id,
             client_name = EXCLUDED.client_name, number = EXCLUDED.number,
             insurer_id = EXCLUDED.insurer_id, insurer_name = EXCLUDED.insurer_name,
             product = EXCLUDED.product, currency = EXCLUDED.currency,
             payment_route = EXCLUDED.payment_route, status = EXCLUDED.status,
             policy = EXCLUDED.policy, version = EXCLUDED.version
       WHERE policies.version < EXCLUDED.version
      RETURNING id)sql",
      policy.id(), policy.deal_id(), policy.client_id(), policy.client_name(), policy.number(),
      policy.insurer_id(), policy.insurer_name(), policy.product(), currency, route,
      policy.status(), whole, policy.version());
  co_return row.has_value();
}

void forget_draft(pg::Transaction& tx, const std::string& id) {
  tx.execute(R"sql(
      DELETE FROM policies p
       WHERE p.id = $1 AND p.status = 'draft'
         AND NOT EXISTS (SELECT FROM payments WHERE policy_id = p.id))sql",
             id);
}

awaitable<std::optional<KeptPolicy>> lock_policy(pg::Transaction& tx, const std::string& id) {
  const auto row =
      co_await tx.find_one("SELECT policy, terms FROM policies WHERE id = $1 FOR UPDATE", id);
  if (!row) co_return std::nullopt;
  co_return kept_of(*row);
}

awaitable<Result<KeptPolicy>> lock_policy_for(pg::Transaction& tx, const std::string& id,
                                              const Caller& caller,
                                              const std::vector<std::string>& hidden) {
  const auto kept = co_await lock_policy(tx, id);
  if (!kept) co_return not_found("policy_not_found");
  const auto access =
      co_await tx.find_one("SELECT is_lead FROM deal_access WHERE deal_id = $1 AND user_id = $2",
                           kept->policy.deal_id(), user_param(caller));
  const bool left = std::find(hidden.begin(), hidden.end(), kept->policy.deal_id()) != hidden.end();
  policy::Relation relation;
  relation.member = access.has_value() && !left;
  CO_TRY_VOID(
      policy::require(caller, "payments.write", "payments.read", relation, "policy_not_found"));
  co_return *kept;
}

void save_terms(pg::Transaction& tx, const std::string& policy_id,
                const std::optional<v1::Basis>& terms) {
  std::optional<std::string> text;
  if (terms) text = json::text(*terms);
  tx.execute("UPDATE policies SET terms = $2 WHERE id = $1", policy_id, text);
}

}  // namespace bordero::payments
