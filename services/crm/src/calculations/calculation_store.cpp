#include "services/crm/src/calculations/calculation_store.hpp"

#include <algorithm>

#include "platform/json/json.hpp"
#include "platform/json/list.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/deal_store.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "calculation_not_found";

std::string view_sql(const char* condition) {
  return std::string("SELECT ") + kCalculationColumns +
         " FROM calculations k JOIN deals d ON d.id = k.deal_id " + kCalculationJoins + " WHERE " +
         condition;
}

// Who may not see the deal does not learn that the quote is there.
Error as_missing(Error error) {
  if (error.kind == ErrorKind::not_found) error.reason = kMissing;
  return error;
}

std::optional<std::int64_t> minor(bool present, const common::v1::Money& money) {
  if (!present) return std::nullopt;
  return money.amount_minor();
}

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::vector<std::string> titles_of(const v1::Calculation& calculation) {
  return {calculation.object_titles().begin(), calculation.object_titles().end()};
}

}  // namespace

awaitable<Result<SeenCalculation>> find_calculation(pg::Transaction& tx, Id<Calculation> id,
                                                    const Caller& caller) {
  static const std::string sql = view_sql("k.id = $1");
  const auto row = co_await tx.find_one(sql, id);
  if (!row) co_return not_found(kMissing);
  SeenCalculation seen{.view = calculation_of(*row), .deal = {}};
  auto deal = co_await find_deal(tx, row->get<Id<Deal>>("deal_id"), caller);
  if (!deal) co_return as_missing(std::move(deal).error());
  seen.deal = std::move(*deal);
  co_return seen;
}

awaitable<Result<SeenCalculation>> lock_calculation(pg::Transaction& tx, Id<Calculation> id,
                                                    const Caller& caller) {
  const auto row = co_await tx.find_one("SELECT deal_id FROM calculations WHERE id = $1", id);
  if (!row) co_return not_found(kMissing);
  auto deal = co_await lock_deal(tx, row->get<Id<Deal>>("deal_id"), caller);
  if (!deal) co_return as_missing(std::move(deal).error());
  tx.execute("SELECT FROM calculations WHERE id = $1 FOR UPDATE", id);
  const std::string text = id.str();
  SeenCalculation seen;
  seen.view = co_await view_calculation(tx, text);
  seen.deal = std::move(*deal);
  co_return seen;
}

awaitable<v1::Calculation> view_calculation(pg::Transaction& tx, const std::string& id) {
  static const std::string sql = view_sql("k.id = $1");
  const auto row = co_await tx.find_one(sql, id);
  ensure(row.has_value(), "a calculation that was just saved is there");
  co_return calculation_of(*row);
}

awaitable<std::vector<v1::Calculation>> list_calculations(pg::Transaction& tx,
                                                          const std::vector<std::string>& ids) {
  static const std::string sql =
      view_sql("k.id = ANY($1::uuid[]) ORDER BY array_position($1::uuid[], k.id)");
  const auto rows = co_await tx.query(sql, ids);
  std::vector<v1::Calculation> calculations;
  for (const auto& row : rows) calculations.push_back(calculation_of(row));
  co_return calculations;
}

void insert_calculation(pg::Transaction& tx, const v1::Calculation& calculation) {
  const auto& k = calculation;
  tx.execute(R"sql(
      INSERT INTO calculations (id, deal_id, insurer_id, product, program, object_titles, currency,
                                premium_minor, coverage_sum_minor, deductible_minor,
                                commission_rate, commission_amount_minor, calculated_on,
                                valid_until, terms, extra_terms, comments, copied_from_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql",
             k.id(), k.deal_id(), k.insurer_id(), k.product(), k.program(), titles_of(k),
             currency_of(k), minor(k.has_premium(), k.premium()),
             minor(k.has_coverage_sum(), k.coverage_sum()),
             minor(k.has_deductible(), k.deductible()), k.commission_rate(),
             minor(k.has_commission_amount(), k.commission_amount()),
             Date::parse(k.calculated_on()), Date::parse(k.valid_until()), json::text(k.terms()),
             json::list_text(k.extra_terms()), k.comments(), optional_text(k.copied_from_id()));
}

void save_calculation(pg::Transaction& tx, const v1::Calculation& calculation) {
  const auto& k = calculation;
  tx.execute(R"sql(
      UPDATE calculations
         SET insurer_id = $2, product = $3, program = $4, object_titles = $5, currency = $6,
             premium_minor = $7, coverage_sum_minor = $8, deductible_minor = $9,
             commission_rate = $10, commission_amount_minor = $11, calculated_on = $12,
             valid_until = $13, terms = $14, extra_terms = $15, comments = $16, status = $17,
             status_changed_at = CASE WHEN status = $17 THEN status_changed_at ELSE now() END,
             updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             k.id(), k.insurer_id(), k.product(), k.program(), titles_of(k), currency_of(k),
             minor(k.has_premium(), k.premium()), minor(k.has_coverage_sum(), k.coverage_sum()),
             minor(k.has_deductible(), k.deductible()), k.commission_rate(),
             minor(k.has_commission_amount(), k.commission_amount()),
             Date::parse(k.calculated_on()), Date::parse(k.valid_until()), json::text(k.terms()),
             json::list_text(k.extra_terms()), k.comments(), k.status());
  refresh_deadlines(tx, {k.deal_id()});
}

}  // namespace bordero::crm
