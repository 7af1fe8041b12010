#include "services/crm/src/reports/renewal_report.hpp"

namespace bordero::crm {
namespace {

constexpr int kMonths = 12;
constexpr int kMaxDays = 2 * 366;

Date month_start(Date day, int months) {
  const std::chrono::year_month_day of(day.day);
  const auto moved = std::chrono::year_month(of.year(), of.month()) + std::chrono::months(months);
  return {std::chrono::sys_days(moved / 1)};
}

void set_money(common::v1::Money& money, std::int64_t minor, const std::string& currency) {
  money.set_amount_minor(minor);
  money.set_currency(currency);
}

}  // namespace

Result<ReportPeriod> period_of(const std::string& from, const std::string& to, Date today) {
  ReportPeriod period{.from = month_start(today, 1 - kMonths),
                      .to = month_start(today, 1).plus_days(-1)};
  if (const auto first = Date::parse(from)) period.from = *first;
  if (const auto last = Date::parse(to)) period.to = *last;
  if (period.to < period.from) return invalid_field("to", "before_from");
  if (period.from.plus_days(kMaxDays) < period.to) return invalid_field("to", "period_too_wide");
  return period;
}

ReportPeriod previous_to(const ReportPeriod& period) {
  const auto days = static_cast<int>((period.to.day - period.from.day).count());
  const Date last = period.from.plus_days(-1);
  return {.from = last.plus_days(-days), .to = last};
}

std::string percent_of(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return {};
  // Sums of premiums times a thousand go beyond 64 bits.
  const auto tenths = static_cast<std::int64_t>((static_cast<__int128>(part) * 2000 + whole) /
                                                (static_cast<__int128>(whole) * 2));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

void fill_row(v1::RenewalReportRow& row, const RenewalCount& count) {
  row.set_value(count.value);
  row.set_currency(count.currency);
  row.set_ending(count.renewed + count.lapsed + count.open);
  row.set_renewed(count.renewed);
  row.set_lapsed(count.lapsed);
  row.set_open(count.open);
  row.set_clients_decided(count.clients_decided);
  row.set_clients_kept(count.clients_kept);
  set_money(*row.mutable_premium_renewed(), count.premium_renewed, count.currency);
  set_money(*row.mutable_premium_lapsed(), count.premium_lapsed, count.currency);
  set_money(*row.mutable_premium_now(), count.premium_now, count.currency);
  row.set_policy_rate(percent_of(count.renewed, count.renewed + count.lapsed));
  row.set_client_rate(percent_of(count.clients_kept, count.clients_decided));
  row.set_premium_rate(
      percent_of(count.premium_renewed, count.premium_renewed + count.premium_lapsed));
}

}  // namespace bordero::crm
