#include "services/payments/src/payments/payment_store.hpp"

#include <algorithm>

#include "platform/json/json.hpp"
#include "services/payments/src/access/access.hpp"

namespace bordero::payments {

// Names are looked up row by row: a join of users is read as a whole for each row when the planner
// expects one.
const char* const kPaymentColumns = R"sql(
    p.id, p.number, p.deal_id, d.number AS deal_number, p.policy_id, o.number AS policy_number,
    p.instalment_id, p.instalment_number, p.client_id,
    coalesce(d.client_name, o.client_name) AS client_name, p.insurer_id, o.insurer_name,
    p.product, p.type, p.planned_date, p.actual_date, p.amount_minor, p.currency, p.status,
    p.counterparty, p.payee_user_id,
    (SELECT u.full_name FROM users u WHERE u.id = p.payee_user_id) AS payee_name, p.voided,
    p.void_reason, p.notes, p.confirmed_by,
    (SELECT u.full_name FROM users u WHERE u.id = p.confirmed_by) AS confirmed_by_name,
    p.confirmed_at, d.lead_agent_id,
    (SELECT u.full_name FROM users u WHERE u.id = d.lead_agent_id) AS lead_agent_name,
    p.created_at, p.updated_at, p.version, o.payment_route)sql";
const char* const kPaymentJoins = R"sql(
    JOIN policies o ON o.id = p.policy_id
    LEFT JOIN deals d ON d.id = p.deal_id)sql";

namespace {

constexpr const char* kMissing = "payment_not_found";

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

Result<SeenPayment> only_seen(SeenPayments& seen, const std::string& id, const Caller& caller,
                              const std::vector<std::string>& hidden) {
  TRY(may_see(seen, id, caller, hidden));
  return std::move(seen.at(id));
}

}  // namespace

std::string plain_id(const std::string& id) {
  const auto uuid = Uuid::parse(id);
  return uuid ? uuid->str() : id;
}

Payment rule_view(const v1::Payment& view) {
  return {.type = view.type(),
          .status = view.status(),
          .voided = view.voided(),
          .planned_on = Date::parse(view.planned_date()).value_or(Date{})};
}

SeenPayment seen_of(const pg::Row& row) {
  SeenPayment seen;
  row.fill(seen.view);
  seen.route = row.get<crm::v1::PaymentRoute>("payment_route");
  const Payment payment = rule_view(seen.view);
  seen.view.set_overdue(is_overdue(payment, clock::today()));
  seen.view.set_waiting_on(waiting_on(payment, seen.route));
  if (row.is_null("is_lead")) return seen;
  seen.relation.lead = row.get<bool>("is_lead");
  seen.relation.member = !seen.relation.lead;
  return seen;
}

awaitable<SeenPayments> view_payments(pg::Transaction& tx, const std::vector<std::string>& ids,
                                      const Caller& caller) {
  static const std::string sql =
      std::string("SELECT ") + kPaymentColumns + ", a.is_lead FROM payments p " + kPaymentJoins +
      " LEFT JOIN payment_access a ON a.payment_id = p.id AND a.user_id = $2"
      " WHERE p.id = ANY($1::uuid[])";
  const auto rows = co_await tx.query(sql, ids, user_param(caller));
  SeenPayments seen;
  for (const auto& row : rows) {
    SeenPayment one = seen_of(row);
    const std::string id = one.view.id();
    seen.emplace(id, std::move(one));
  }
  co_return seen;
}

// The relation is read by a statement after the one that waits for the rows, so that it sees what
// the earlier holder committed.
awaitable<SeenPayments> lock_payments(pg::Transaction& tx, const std::vector<std::string>& ids,
                                      const Caller& caller) {
  tx.execute("SELECT FROM payments WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", ids);
  co_return co_await view_payments(tx, ids, caller);
}

Result<void> may_see(const SeenPayments& seen, const std::string& id, const Caller& caller,
                     const std::vector<std::string>& hidden) {
  const auto found = seen.find(id);
  if (found == seen.end()) return not_found(kMissing);
  const auto& deal = found->second.view.deal_id();
  if (std::find(hidden.begin(), hidden.end(), deal) != hidden.end()) return not_found(kMissing);
  return policy::require(caller, "payments.read", "payments.read", found->second.relation,
                         kMissing);
}

awaitable<Result<SeenPayment>> find_payment(pg::Transaction& tx, const std::string& id,
                                            const Caller& caller,
                                            const std::vector<std::string>& hidden) {
  const std::vector<std::string> ids = {plain_id(id)};
  auto seen = co_await view_payments(tx, ids, caller);
  co_return only_seen(seen, ids[0], caller, hidden);
}

awaitable<Result<SeenPayment>> lock_payment(pg::Transaction& tx, const std::string& id,
                                            const Caller& caller,
                                            const std::vector<std::string>& hidden) {
  const std::vector<std::string> ids = {plain_id(id)};
  auto seen = co_await lock_payments(tx, ids, caller);
  co_return only_seen(seen, ids[0], caller, hidden);
}

awaitable<std::vector<Existing>> lock_planned(pg::Transaction& tx, const std::string& policy_id) {
  const auto rows = co_await tx.query(R"sql(
      SELECT id, type, instalment_id, status, computed_minor, computed_on
        FROM payments
       WHERE policy_id = $1 AND instalment_id IS NOT NULL AND NOT voided
       ORDER BY id
         FOR UPDATE)sql",
                                      policy_id);
  std::vector<Existing> planned;
  for (const auto& row : rows) {
    planned.push_back({.id = std::string(row.text("id")),
                       .type = row.get<v1::PaymentType>("type"),
                       .instalment_id = std::string(row.text("instalment_id")),
                       .status = row.get<v1::PaymentStatus>("status"),
                       .computed_minor = row.get<std::int64_t>("computed_minor"),
                       .computed_on = row.get<Date>("computed_on")});
  }
  co_return planned;
}

void insert_payment(pg::Transaction& tx, const v1::Payment& payment,
                    const std::optional<Computed>& computed) {
  std::optional<std::string> instalment;
  std::optional<int> instalment_number;
  std::optional<std::int64_t> minor;
  std::optional<std::string> on;
  std::optional<std::string> basis;
  if (computed) {
    instalment = computed->instalment_id;
    instalment_number = payment.instalment_number();
    minor = computed->minor;
    on = computed->on;
    basis = computed->basis;
  }
  tx.execute(R"sql(
      INSERT INTO payments (id, number, deal_id, policy_id, instalment_id, instalment_number, basis,
                            computed_minor, computed_on, client_id, insurer_id, product, type,
                            planned_date, actual_date, amount_minor, currency, status,
                            counterparty, payee_user_id, notes, confirmed_by, confirmed_at, dated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21, $22, $23, $24))sql",
             payment.id(), payment.number(), payment.deal_id(), payment.policy_id(), instalment,
             instalment_number, basis, minor, on, payment.client_id(), payment.insurer_id(),
             payment.product(), payment.type(), payment.planned_date(),
             optional_text(payment.actual_date()), payment.amount().amount_minor(),
             payment.amount().currency(), payment.status(), payment.counterparty(),
             optional_text(payment.payee_user_id()), payment.notes(),
             optional_text(payment.confirmed_by()), optional_text(payment.confirmed_at()),
             clock::now());
}

void save_payment(pg::Transaction& tx, const v1::Payment& payment) {
  tx.execute(R"sql(
      UPDATE payments
         SET planned_date = $2, actual_date = $3, amount_minor = $4, status = $5,
             counterparty = $6, payee_user_id = $7, voided = $8, void_reason = $9, notes = $10,
             confirmed_by = $11, confirmed_at = $12,
             dated_at = CASE WHEN planned_date = $2 THEN dated_at ELSE $13 END, updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             payment.id(), payment.planned_date(), optional_text(payment.actual_date()),
             payment.amount().amount_minor(), payment.status(), payment.counterparty(),
             optional_text(payment.payee_user_id()), payment.voided(), payment.void_reason(),
             payment.notes(), optional_text(payment.confirmed_by()),
             optional_text(payment.confirmed_at()), clock::now());
}

void save_replanned(pg::Transaction& tx, const v1::Payment& payment, const Computed& computed) {
  tx.execute(R"sql(
      UPDATE payments
         SET planned_date = $2, amount_minor = $3, currency = $4, computed_minor = $5,
             computed_on = $6, basis = $7,
             dated_at = CASE WHEN planned_date = $2 THEN dated_at ELSE $8 END, updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             payment.id(), payment.planned_date(), payment.amount().amount_minor(),
             payment.amount().currency(), computed.minor, computed.on, computed.basis,
             clock::now());
}

void follow_policy(pg::Transaction& tx, const crm::v1::Policy& policy) {
  tx.execute(R"sql(
      UPDATE payments
         SET client_id = $2, insurer_id = $3, product = $4
       WHERE policy_id = $1
         AND (client_id, insurer_id, product) IS DISTINCT FROM ($2::uuid, $3::uuid, $4::text))sql",
             policy.id(), policy.client_id(), policy.insurer_id(), policy.product());
  std::vector<std::string> ids;
  for (const auto& instalment : policy.instalments()) ids.push_back(instalment.id());
  tx.execute(R"sql(
      UPDATE payments p
         SET instalment_number = i.number
        FROM unnest($2::uuid[]) WITH ORDINALITY AS i (id, number)
       WHERE p.policy_id = $1 AND p.instalment_id = i.id AND p.instalment_number <> i.number)sql",
             policy.id(), ids);
}

awaitable<std::vector<std::string>> next_payment_numbers(pg::Transaction& tx, int year, int count) {
  const auto rows = co_await tx.query(
      "SELECT next_payment_number($1) AS number FROM generate_series(1, $2)", year, count);
  std::vector<std::string> numbers;
  for (const auto& row : rows) numbers.emplace_back(row.text("number"));
  co_return numbers;
}

}  // namespace bordero::payments
