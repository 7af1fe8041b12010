#include "services/payments/src/reports/plan_fact.hpp"

#include <map>

namespace bordero::payments {
namespace {

constexpr int kMonthsAround = 6;
constexpr int kMaxDays = 5 * 366;

using Cells = std::map<v1::PaymentType, PlanFactSum>;

void set_money(common::v1::Money& money, std::int64_t minor, const std::string& currency) {
  money.set_amount_minor(minor);
  money.set_currency(currency);
}

void add(PlanFactSum& to, const PlanFactSum& sum) {
  to.type = sum.type;
  to.count += sum.count;
  to.planned += sum.planned;
  to.received += sum.received;
  to.overdue += sum.overdue;
  to.paid_out += sum.paid_out;
}

// Commission less what goes out of it.
std::int64_t kept_of(const Cells& cells, std::int64_t PlanFactSum::* member) {
  std::int64_t kept = 0;
  for (const auto& [type, sum] : cells) {
    if (type == v1::PAYMENT_TYPE_COMMISSION_INCOME) kept += sum.*member;
    const bool out =
        type == v1::PAYMENT_TYPE_CLIENT_DISCOUNT || type == v1::PAYMENT_TYPE_EXECUTOR_FEE;
    if (out) kept -= sum.*member;
  }
  return kept;
}

void fill_row(v1::PlanFactRow& row, const std::string& currency, const Cells& cells) {
  row.set_currency(currency);
  for (const auto& [type, sum] : cells) {
    auto& cell = *row.add_types();
    cell.set_type(type);
    cell.set_count(sum.count);
    set_money(*cell.mutable_planned(), sum.planned, currency);
    set_money(*cell.mutable_received(), sum.received, currency);
    set_money(*cell.mutable_overdue(), sum.overdue, currency);
    set_money(*cell.mutable_paid_out(), sum.paid_out, currency);
  }
  set_money(*row.mutable_kept_planned(), kept_of(cells, &PlanFactSum::planned), currency);
  set_money(*row.mutable_kept(), kept_of(cells, &PlanFactSum::received), currency);
}

Date month_start(Date day, int months) {
  const std::chrono::year_month_day of(day.day);
  const auto moved = std::chrono::year_month(of.year(), of.month()) + std::chrono::months(months);
  return {std::chrono::sys_days(moved / 1)};
}

}  // namespace

void fill_plan_fact(v1::PlanFact& report, const std::vector<PlanFactSum>& sums) {
  std::map<std::pair<std::string, std::string>, Cells> rows;
  std::map<std::string, Cells> totals;
  for (const PlanFactSum& sum : sums) {
    add(rows[{sum.value, sum.currency}][sum.type], sum);
    add(totals[sum.currency][sum.type], sum);
  }
  for (const auto& [key, cells] : rows) {
    auto& row = *report.add_rows();
    row.set_value(key.first);
    fill_row(row, key.second, cells);
  }
  for (const auto& [currency, cells] : totals) fill_row(*report.add_totals(), currency, cells);
}

Result<Period> period_of(const v1::GetPlanFactRequest& request, Date today) {
  Period period{.from = month_start(today, -kMonthsAround),
                .to = month_start(today, kMonthsAround).plus_days(-1)};
  if (const auto from = Date::parse(request.from())) period.from = *from;
  if (const auto to = Date::parse(request.to())) period.to = *to;
  if (period.to < period.from) return invalid_field("to", "before_from");
  if (period.from.plus_days(kMaxDays) < period.to) return invalid_field("to", "period_too_wide");
  return period;
}

}  // namespace bordero::payments
