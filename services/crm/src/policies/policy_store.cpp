#include "services/crm/src/policies/policy_store.hpp"

#include "platform/json/list.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"

namespace bordero::crm {

const char* const kPolicyColumns = R"sql(
    p.id, p.deal_id, d.number AS deal_number, p.client_id,
    (SELECT c.short_name FROM clients c WHERE c.id = p.client_id) AS client_name,
    p.calculation_id, p.number, p.insurer_id,
    (SELECT i.short_name FROM insurers i WHERE i.id = p.insurer_id) AS insurer_name, p.product,
    p.program,
    p.objects, p.parties, p.effective_from, p.effective_to, p.periods, p.premium_minor,
    p.coverage_sum_minor, p.currency, p.instalments, p.payment_route,
    trim_scale(p.commission_rate)::text AS commission_rate, p.commission_amount_minor, p.status,
    p.is_renewal, p.predecessor_id, p.successor_id, p.closed_on, p.close_reason, d.lead_agent_id,
    (SELECT u.full_name FROM users u WHERE u.id = d.lead_agent_id) AS lead_agent_name,
    d.executor_id, p.renewal_state, p.ready_quotes,
    p.renewal_premium_minor, trim_scale(p.premium_change)::text AS premium_change,
    r.id AS renewal_deal_id, r.number AS renewal_deal_number, p.activated_at, p.created_at,
    p.updated_at, p.version, d.status AS deal_status)sql";
const char* const kPolicyJoins = R"sql(
    LEFT JOIN deals r ON r.renews_policy_id = p.id AND r.status <> 'closed')sql";

namespace {

constexpr const char* kMissing = "policy_not_found";

// Of the policies that `where` names; $2 is the caller.
std::string view_sql(const char* where) {
  return std::string("SELECT ") + kPolicyColumns + R"sql(, a.user_id AS seen_by, a.is_lead,
           (SELECT array_agg(m.user_id ORDER BY m.user_id)
              FROM deal_access m WHERE m.deal_id = p.deal_id) AS audience
      FROM policies p
      JOIN deals d ON d.id = p.deal_id)sql" +
         kPolicyJoins + R"sql(
      LEFT JOIN deal_access a ON a.deal_id = p.deal_id AND a.user_id = $2::uuid
     WHERE )sql" +
         where;
}
const std::string& one_sql() {
  static const std::string sql = view_sql("p.id = $1");
  return sql;
}
const std::string& some_sql() {
  static const std::string sql =
      view_sql("p.id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], p.id)");
  return sql;
}

SeenPolicy seen_of(const pg::Row& row) {
  SeenPolicy seen = policy_of(row);
  const bool related = !row.is_null("seen_by");
  seen.relation.lead = related && row.get<bool>("is_lead");
  seen.relation.member = related && !seen.relation.lead;
  if (!row.is_null("audience")) seen.audience = row.get<std::vector<std::string>>("audience");
  return seen;
}

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}
std::optional<std::int64_t> optional_minor(bool there, const common::v1::Money& money) {
  if (!there) return std::nullopt;
  return money.amount_minor();
}

}  // namespace

awaitable<Result<SeenPolicy>> find_policy(pg::Transaction& tx, Id<Policy> id,
                                          const Caller& caller) {
  const auto row = co_await tx.find_one(one_sql(), id, user_param(caller));
  if (!row) co_return not_found(kMissing);
  SeenPolicy seen = seen_of(*row);
  CO_TRY_VOID(may(caller, "policies.read", "policies.read", seen.relation, kMissing));
  co_return seen;
}

awaitable<Result<SeenPolicy>> lock_policy(pg::Transaction& tx, Id<Policy> id,
                                          const Caller& caller) {
  // With the deal of the policy that it continues, which changes with it.
  tx.execute(R"sql(
      SELECT FROM deals
       WHERE id IN (SELECT deal_id FROM policies WHERE id = $1
                    UNION
                    SELECT o.deal_id FROM policies n JOIN policies o ON o.id = n.predecessor_id
                     WHERE n.id = $1)
       ORDER BY id
         FOR UPDATE)sql",
             id);
  tx.execute("SELECT FROM policies WHERE id = $1 FOR UPDATE", id);
  co_return co_await find_policy(tx, id, caller);
}

awaitable<SeenPolicy> view_policy(pg::Transaction& tx, Id<Policy> id) {
  const auto row = co_await tx.find_one(one_sql(), id, nullptr);
  ensure(row.has_value(), "a policy that was just saved is there");
  co_return seen_of(*row);
}

awaitable<std::vector<SeenPolicy>> view_policies(pg::Transaction& tx,
                                                 const std::vector<std::string>& ids) {
  const auto rows = co_await tx.query(some_sql(), ids, nullptr);
  std::vector<SeenPolicy> policies;
  for (const auto& row : rows) policies.push_back(seen_of(row));
  co_return policies;
}

void insert_policy(pg::Transaction& tx, const v1::Policy& policy) {
  tx.execute(R"sql(
      INSERT INTO policies (id, deal_id, client_id, calculation_id, number, number_key, insurer_id,
                            product, program, objects, parties, effective_from, effective_to,
                            periods, premium_minor, coverage_sum_minor, currency, instalments,
                            payment_route, commission_rate, commission_amount_minor, is_renewal,
                            predecessor_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20::numeric, $21, $22, $23))sql",
             policy.id(), policy.deal_id(), policy.client_id(),
             optional_text(policy.calculation_id()), policy.number(),
             search::code_of(policy.number()), policy.insurer_id(), policy.product(),
             policy.program(), json::list_text(policy.objects()), json::list_text(policy.parties()),
             Date::parse(policy.effective_from()), Date::parse(policy.effective_to()),
             json::list_text(policy.periods()), policy.premium().amount_minor(),
             optional_minor(policy.has_coverage_sum(), policy.coverage_sum()),
             policy.premium().currency(), json::list_text(policy.instalments()),
             policy.payment_route(), optional_text(policy.commission_rate()),
             optional_minor(policy.has_commission_amount(), policy.commission_amount()),
             policy.is_renewal(), optional_text(policy.predecessor_id()));
}

void save_policy(pg::Transaction& tx, const v1::Policy& policy) {
  tx.execute(
      R"sql(
      UPDATE policies
         SET number = $2, number_key = $3, insurer_id = $4, product = $5, program = $6,
             objects = $7, parties = $8, effective_from = $9, effective_to = $10, periods = $11,
             premium_minor = $12, coverage_sum_minor = $13, currency = $14, instalments = $15,
             payment_route = $16, commission_rate = $17::numeric, commission_amount_minor = $18,
             successor_id = $20, closed_on = $21, close_reason = $22,
             activated_at = CASE WHEN status = 'draft' AND $19 = 'active' THEN $23::timestamptz
                                 ELSE activated_at END,
             status = $19, updated_at = now(), version = version + 1
       WHERE id = $1)sql",
      policy.id(), policy.number(), search::code_of(policy.number()), policy.insurer_id(),
      policy.product(), policy.program(), json::list_text(policy.objects()),
      json::list_text(policy.parties()), Date::parse(policy.effective_from()),
      Date::parse(policy.effective_to()), json::list_text(policy.periods()),
      policy.premium().amount_minor(),
      optional_minor(policy.has_coverage_sum(), policy.coverage_sum()), policy.premium().currency(),
      json::list_text(policy.instalments()), policy.payment_route(),
      optional_text(policy.commission_rate()),
      optional_minor(policy.has_commission_amount(), policy.commission_amount()), policy.status(),
      optional_text(policy.successor_id()), Date::parse(policy.closed_on()), policy.close_reason(),
      clock::now());
}

void remove_policy(pg::Transaction& tx, const std::string& id) {
  tx.execute("DELETE FROM policy_access WHERE policy_id = $1", id);
  tx.execute("DELETE FROM policies WHERE id = $1 AND status = 'draft'", id);
}

awaitable<std::vector<SeenPolicy>> list_chain(pg::Transaction& tx, const v1::Policy& policy,
                                              const Caller& caller) {
  static const std::string sql = view_sql(R"sql(p.id IN (
      WITH RECURSIVE earlier AS (
        SELECT id, predecessor_id FROM policies WHERE id = $1
        UNION SELECT p.id, p.predecessor_id FROM policies p JOIN earlier e
                  ON e.predecessor_id = p.id),
      later AS (
        SELECT id, successor_id FROM policies WHERE id = $1
        UNION SELECT p.id, p.successor_id FROM policies p JOIN later l ON l.successor_id = p.id)
      SELECT id FROM earlier UNION SELECT id FROM later)
      ORDER BY p.effective_from, p.created_at, p.id)sql");
  const auto rows = co_await tx.query(sql, policy.id(), user_param(caller));
  std::vector<SeenPolicy> chain;
  for (const auto& row : rows) {
    SeenPolicy one = seen_of(row);
    // A renewal may stand in a deal that the caller does not see.
    const auto seen = may(caller, "policies.read", "policies.read", one.relation, kMissing);
    if (seen) chain.push_back(std::move(one));
  }
  co_return chain;
}

awaitable<std::set<std::string>> received_instalments(pg::Transaction& tx,
                                                      const std::string& policy_id) {
  const auto rows = co_await tx.query(R"sql(
      SELECT instalment_id
        FROM policy_payments
       WHERE policy_id = $1 AND type = 'client_premium' AND NOT voided
         AND status IN ('received', 'paid_out') AND instalment_id IS NOT NULL)sql",
                                      policy_id);
  std::set<std::string> ids;
  for (const auto& row : rows) ids.insert(std::string(row.text("instalment_id")));
  co_return ids;
}

awaitable<std::vector<std::pair<std::string, std::string>>> names_of_clients(
    pg::Transaction& tx, const std::vector<std::string>& ids, const Caller& caller) {
  const std::string sql = R"sql(
      SELECT c.id, c.full_name
        FROM clients c
        LEFT JOIN client_access a ON a.client_id = c.id AND a.user_id = $2::uuid
       WHERE c.id = ANY($1::uuid[]) AND )sql" +
                          clients_seen(caller.role);
  const auto rows = co_await tx.query(sql, ids, user_param(caller));
  std::vector<std::pair<std::string, std::string>> names;
  for (const auto& row : rows) {
    names.emplace_back(std::string(row.text("id")), std::string(row.text("full_name")));
  }
  co_return names;
}

}  // namespace bordero::crm
