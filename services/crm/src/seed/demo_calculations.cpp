#include "services/crm/src/seed/demo_calculations.hpp"

#include "services/crm/src/calculations/calculation_events.hpp"
#include "services/crm/src/calculations/calculation_store.hpp"
#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"

namespace bordero::crm {
namespace {

constexpr unsigned kFamily = 0xb1;
constexpr int kMost = 4;

// What a demo deal is about, by how its title begins.
v1::Product product_of(const std::string& title) {
  if (title.starts_with("КАСКО")) return v1::PRODUCT_KASKO;
  if (title.starts_with("ОСАГО")) return v1::PRODUCT_OSAGO;
  if (title.starts_with("Ипотека")) return v1::PRODUCT_MORTGAGE;
  if (title.starts_with("ДМС")) return v1::PRODUCT_DMS;
  if (title.starts_with("Груз")) return v1::PRODUCT_CARGO;
  if (title.starts_with("Ответственность")) return v1::PRODUCT_LIABILITY;
  if (title.starts_with("Путешествие")) return v1::PRODUCT_TRAVEL;
  return v1::PRODUCT_PROPERTY;
}

common::v1::Money rubles(int amount) {
  common::v1::Money money;
  money.set_amount_minor(amount * 100LL);
  money.set_currency("RUB");
  return money;
}

struct Range {
  int premium_from;
  int premium_to;
  int coverage;  // Rubles; 0 where a quote names none.
  const char* commission;
};
Range range_of(v1::Product product) {
  switch (product) {
    case v1::PRODUCT_KASKO:
      return {58'000, 124'000, 2'200'000, "18"};
    case v1::PRODUCT_OSAGO:
      return {5'400, 16'900, 0, "10"};
    case v1::PRODUCT_MORTGAGE:
      return {9'800, 31'000, 4'800'000, "25"};
    case v1::PRODUCT_DMS:
      return {640'000, 1'900'000, 0, "12.5"};
    case v1::PRODUCT_CARGO:
      return {48'000, 160'000, 12'000'000, "15"};
    case v1::PRODUCT_LIABILITY:
      return {24'000, 76'000, 10'000'000, "20"};
    case v1::PRODUCT_TRAVEL:
      return {3'900, 14'500, 5'000'000, "30"};
    default:
      return {6'500, 28'000, 6'000'000, "22"};
  }
}

void set_kasko(Dice& dice, v1::Calculation& quote) {
  static constexpr std::array kDeductibles = {0, 0, 15'000, 30'000};
  *quote.mutable_deductible() = rubles(dice.pick(kDeductibles));
  auto& terms = *quote.mutable_terms();
  terms.set_repair(dice.chance(60) ? v1::REPAIR_DEALER : v1::REPAIR_INSURER_CHOICE);
  terms.set_theft(dice.chance(75) ? v1::THEFT_INCLUDED : v1::THEFT_WITH_BEACON);
  terms.set_towing(static_cast<v1::Towing>(dice.between(v1::TOWING_NONE, v1::TOWING_UNLIMITED)));
  const bool limited = terms.towing() == v1::TOWING_LIMITED;
  if (limited) *terms.mutable_towing_limit() = rubles(dice.chance(50) ? 5'000 : 10'000);
  terms.set_instalment_count(dice.chance(40) ? 1 : dice.chance(50) ? 2 : 4);
}

void set_terms(Dice& dice, const v1::Deal& deal, v1::Calculation& quote) {
  auto& terms = *quote.mutable_terms();
  switch (quote.product()) {
    case v1::PRODUCT_KASKO:
      return set_kasko(dice, quote);
    case v1::PRODUCT_OSAGO:
      terms.set_bonus_malus(dice.chance(50) ? "0.46" : "0.83");
      terms.set_drivers_unlimited(dice.chance(30));
      return;
    case v1::PRODUCT_MORTGAGE:
      if (deal.objects_size() > 0) {
        terms.set_bank(deal.objects(0).bank());
        *terms.mutable_loan_balance() = deal.objects(0).loan_balance();
      }
      terms.set_life_insured(true);
      terms.set_property_insured(true);
      return;
    case v1::PRODUCT_TRAVEL:
      terms.set_territory("весь мир, кроме США");
      terms.set_days(14);
      terms.set_insured_count(dice.between(2, 5));
      terms.set_sports(dice.chance(60));
      return;
    default:
      if (quote.product() != v1::PRODUCT_DMS) *quote.mutable_deductible() = rubles(0);
  }
}

v1::Calculation invented_quote(Dice& dice, const v1::Deal& deal, v1::Product product,
                               const std::string& insurer_id) {
  const Range range = range_of(product);
  const Date today = clock::today();
  v1::Calculation quote;
  quote.set_deal_id(deal.id());
  quote.set_insurer_id(insurer_id);
  quote.set_product(product);
  *quote.mutable_premium() = rubles(dice.between(range.premium_from, range.premium_to) / 10 * 10);
  const int coverage = range.coverage / 100 * dice.between(95, 103);
  if (range.coverage > 0) *quote.mutable_coverage_sum() = rubles(coverage);
  quote.set_commission_rate(range.commission);
  quote.set_calculated_on(today.plus_days(-dice.between(0, 6)).str());
  quote.set_valid_until(today.plus_days(dice.between(1, 25)).str());
  set_terms(dice, deal, quote);
  return quote;
}

awaitable<v1::Calculation> move_quote(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal,
                                      v1::Calculation quote, v1::CalculationStatus to) {
  v1::Calculation wanted = quote;
  wanted.set_status(to);
  save_calculation(tx, wanted);
  auto after = co_await view_calculation(tx, quote.id());
  announce_calculation_moved(tx, ctx, deal, quote, after);
  co_return after;
}

awaitable<std::vector<std::string>> insurers_of(pg::Transaction& tx, v1::Product product) {
  const auto rows = co_await tx.query(
      "SELECT id FROM insurers WHERE $1 = ANY(products) AND active ORDER BY id LIMIT $2", product,
      kMost);
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.get<std::string>("id"));
  co_return ids;
}

awaitable<v1::Deal> move_deal(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                              v1::DealStatus to) {
  v1::Deal wanted = before;
  wanted.set_status(to);
  save_deal(tx, wanted);
  const auto id = Id<Deal>{*Uuid::parse(before.id())};
  auto after = co_await view_deal(tx, id);
  announce_moved(tx, ctx, before, after);
  co_return after;
}

Context acting_as(const Context& ctx, const std::string& user_id, Role role) {
  Context acting = ctx;
  acting.caller = {.user_id = user_id, .role = role};
  return acting;
}

// The executor's quotes of one deal, and how far it goes with them.
awaitable<void> seed_quotes(pg::Transaction& tx, const Context& ctx, Dice& dice, v1::Deal deal,
                            unsigned& number) {
  const Context executor = acting_as(ctx, deal.executor_id(), Role::executor);
  const Context lead = acting_as(ctx, deal.lead_agent_id(), Role::agent);
  const auto product = product_of(deal.title());
  const auto insurers = co_await insurers_of(tx, product);
  const bool decided = dice.chance(60);
  std::vector<v1::Calculation> quotes;
  for (const auto& insurer_id : insurers) {
    v1::Calculation quote = invented_quote(dice, deal, product, insurer_id);
    quote.set_id(seed_id(kFamily, ++number));
    insert_calculation(tx, quote);
    quote = co_await view_calculation(tx, quote.id());
    announce_calculation_created(tx, executor, deal, quote);
    if (decided || dice.chance(50)) {
      quote = co_await move_quote(tx, executor, deal, quote, v1::CALCULATION_STATUS_READY);
    }
    quotes.push_back(std::move(quote));
  }
  if (!decided || quotes.empty()) co_return;
  const auto id = Id<Deal>{*Uuid::parse(deal.id())};
  deal = co_await view_deal(tx, id);
  deal = co_await move_deal(tx, lead, deal, v1::DEAL_STATUS_CLIENT_DECISION);
  if (!dice.chance(35)) co_return;
  const auto& best = quotes.front();
  co_await move_quote(tx, lead, deal, best, v1::CALCULATION_STATUS_CHOSEN);
  deal = co_await view_deal(tx, id);
  co_await move_deal(tx, lead, deal, v1::DEAL_STATUS_ISSUANCE);
}

}  // namespace

awaitable<Result<void>> seed_calculations(pg::Transaction& tx, const Context& ctx, Dice& dice) {
  const auto rows =
      co_await tx.query("SELECT id FROM deals WHERE status = 'calculation' ORDER BY id");
  unsigned number = 0;
  for (const auto& row : rows) {
    if (!dice.chance(75)) continue;
    const auto id = row.get<Id<Deal>>("id");
    v1::Deal deal = co_await view_deal(tx, id);
    co_await seed_quotes(tx, ctx, dice, deal, number);
  }
  co_return Result<void>();
}

}  // namespace bordero::crm
