#include "services/payments/src/commission/rule_store.hpp"

#include "platform/json/json.hpp"

namespace bordero::payments {
namespace {

constexpr const char* kColumns =
    "r.id, r.insurer_id, r.product, r.kind, r.rate_percent, r.fixed_amount_minor, r.currency, "
    "r.base, r.valid_from, r.valid_to, r.payout_days, r.notes, r.created_at, r.updated_at, "
    "r.updated_by, r.version";
// Far more than an agency has; all of them are compared when a policy becomes active.
constexpr int kMaxRules = 5000;

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

v1::CommissionRule read_back(const pg::Row& row) {
  v1::CommissionRule rule;
  const auto read = json::parse_stored(row.text("rule"), rule);
  ensure(read.ok(), "a rule that was kept is readable");
  return rule;
}

struct Columns {
  std::optional<std::string> product;
  std::optional<std::int64_t> fixed;
  std::optional<std::string> currency;
};
Columns columns_of(const v1::CommissionRule& rule) {
  Columns columns;
  columns.product = optional_text(pg::enum_tail(crm::v1::Product_descriptor(), rule.product()));
  if (!rule.has_fixed_amount()) return columns;
  columns.fixed = rule.fixed_amount().amount_minor();
  columns.currency = rule.fixed_amount().currency();
  return columns;
}

}  // namespace

Rule rule_view(const v1::CommissionRule& rule) {
  return {.id = rule.id(),
          .insurer_id = rule.insurer_id(),
          .product = rule.product(),
          .kind = rule.kind(),
          .valid_from = Date::parse(rule.valid_from()).value_or(Date{}),
          .valid_to = Date::parse(rule.valid_to()),
          .currency = rule.fixed_amount().currency()};
}

awaitable<Result<v1::CommissionRule>> find_rule(pg::Transaction& tx, const std::string& id) {
  const auto row = co_await tx.find_one(
      std::string("SELECT ") + kColumns + " FROM commission_rules r WHERE r.id = $1", id);
  if (!row) co_return not_found("commission_rule_not_found");
  co_return row->to<v1::CommissionRule>();
}

awaitable<Result<v1::CommissionRule>> lock_rule(pg::Transaction& tx, const std::string& id) {
  tx.execute("SELECT FROM commission_rules WHERE id = $1 FOR UPDATE", id);
  co_return co_await find_rule(tx, id);
}

awaitable<std::optional<v1::CommissionRule>> find_rule_version(pg::Transaction& tx,
                                                               const std::string& id, int version) {
  const auto row = co_await tx.find_one(
      "SELECT rule FROM commission_rule_versions WHERE rule_id = $1 AND version = $2", id, version);
  if (!row) co_return std::nullopt;
  co_return read_back(*row);
}

awaitable<std::vector<v1::CommissionRule>> list_rule_versions(pg::Transaction& tx,
                                                              const std::string& id) {
  const auto rows = co_await tx.query(R"sql(
      SELECT rule
        FROM commission_rule_versions
       WHERE rule_id = $1
       ORDER BY version DESC
       LIMIT 200)sql",
                                      id);
  std::vector<v1::CommissionRule> versions;
  for (const auto& row : rows) versions.push_back(read_back(row));
  co_return versions;
}

awaitable<std::vector<v1::CommissionRule>> list_all_rules(pg::Transaction& tx) {
  const auto rows =
      co_await tx.query(std::string("SELECT ") + kColumns +
                            " FROM commission_rules r ORDER BY r.valid_from DESC, r.id LIMIT $1",
                        kMaxRules);
  std::vector<v1::CommissionRule> rules;
  for (const auto& row : rows) rules.push_back(row.to<v1::CommissionRule>());
  co_return rules;
}

awaitable<Result<lists::ListPage>> rule_page(pg::Transaction& tx, const lists::Request& request) {
  using lists::FieldType;
  static const lists::Spec spec = {
      .resource = "commission_rules",
      .fields = {{"insurer_id",
                  {.column = "r.insurer_id",
                   .type = FieldType::uuid,
                   .nullable = true,
                   .groupable = true}},
                 {"product",
                  {.column = "r.product",
                   .type = FieldType::keyword,
                   .nullable = true,
                   .groupable = true}},
                 {"kind",
                  {.column = "r.kind",
                   .type = FieldType::keyword,
                   .groupable = true,
                   .keywords = {"new", "renewal", "any"}}},
                 {"valid_from",
                  {.column = "r.valid_from", .type = FieldType::date, .sortable = true}},
                 {"valid_to", {.column = "r.valid_to", .type = FieldType::date, .nullable = true}},
                 {"created_at",
                  {.column = "r.created_at", .type = FieldType::instant, .sortable = true}}},
      .default_order = "valid_from desc",
      .id_column = "r.id"};
  lists::ListSource source{.columns = kColumns, .from = "commission_rules r"};
  co_return co_await lists::read_page(tx, spec, request, std::move(source));
}

void insert_rule(pg::Transaction& tx, const v1::CommissionRule& rule) {
  const auto columns = columns_of(rule);
  tx.execute(R"sql(
      INSERT INTO commission_rules (id, insurer_id, product, kind, rate_percent,
                                    fixed_amount_minor, currency, base, valid_from, valid_to,
                                    payout_days, notes, updated_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))sql",
             rule.id(), optional_text(rule.insurer_id()), columns.product, rule.kind(),
             optional_text(rule.rate_percent()), columns.fixed, columns.currency, rule.base(),
             rule.valid_from(), optional_text(rule.valid_to()), rule.payout_days(), rule.notes(),
             rule.updated_by());
}

void save_rule(pg::Transaction& tx, const v1::CommissionRule& rule) {
  const auto columns = columns_of(rule);
  tx.execute(R"sql(
      UPDATE commission_rules
         SET insurer_id = $2, product = $3, kind = $4, rate_percent = $5, fixed_amount_minor = $6,
             currency = $7, valid_from = $8, valid_to = $9, payout_days = $10, notes = $11,
             updated_by = $12, updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             rule.id(), optional_text(rule.insurer_id()), columns.product, rule.kind(),
             optional_text(rule.rate_percent()), columns.fixed, columns.currency, rule.valid_from(),
             optional_text(rule.valid_to()), rule.payout_days(), rule.notes(), rule.updated_by());
}

void keep_rule_version(pg::Transaction& tx, const v1::CommissionRule& rule) {
  tx.execute("INSERT INTO commission_rule_versions (rule_id, version, rule) VALUES ($1, $2, $3)",
             rule.id(), rule.version(), json::text(rule));
}

}  // namespace bordero::payments
