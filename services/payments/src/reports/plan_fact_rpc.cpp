#include "services/payments/src/reports/plan_fact_rpc.hpp"

#include "services/payments/src/access/access.hpp"
#include "services/payments/src/payments/payment_list.hpp"
#include "services/payments/src/reports/plan_fact.hpp"

namespace bordero::payments {
namespace {

constexpr int kMaxRows = 20'000;  // Of groups, types and currencies; a year of 1,000 agents fits.

struct Grouping {
  std::string column;
  std::string value;  // Of the column, as the report says it.
  std::string names;  // SQL of the names of the values in $1, if they have any.
};
Result<Grouping> grouping_of(const std::string& group_by) {
  if (group_by.empty() || group_by == "month") {
    return Grouping{"p.planned_date", "to_char(x.key, 'YYYY-MM')", ""};
  }
  if (group_by == "product") return Grouping{"p.product", "x.key", ""};
  if (group_by == "insurer_id") {
    return Grouping{"p.insurer_id", "x.key::text",
                    "SELECT v.id::text AS id, (SELECT o.insurer_name FROM policies o WHERE "
                    "o.insurer_id = v.id LIMIT 1) AS name FROM unnest($1::uuid[]) AS v (id)"};
  }
  if (group_by == "lead_agent_id") {
    return Grouping{
        "p.lead_agent_id", "coalesce(x.key::text, '')",
        "SELECT id::text AS id, full_name AS name FROM users WHERE id = ANY($1::uuid[])"};
  }
  Error error = invalid_field("group_by", "unknown_field");
  error.allowed = {"month", "insurer_id", "lead_agent_id", "product"};
  return error;
}

struct Statement {
  std::string sql;
  std::vector<pg::Param> params;
};
Result<Statement> statement_of(PaymentSource list, const lists::Request& asked,
                               const Grouping& grouping, const Period& period) {
  auto& params = list.source.params;
  params.push_back(pg::to_param(period.from));
  const std::string from = "$" + std::to_string(params.size()) + "::date";
  params.push_back(pg::to_param(period.to));
  const std::string to = "$" + std::to_string(params.size()) + "::date";
  params.push_back(pg::to_param(clock::today()));
  const std::string today = "$" + std::to_string(params.size()) + "::date";
  const auto filter = TRY(lists::compile(list.spec, asked, static_cast<int>(params.size()) + 1));

  // Summed by the bare column first: words are made of its few values, not of every payment.
  Statement statement;
  statement.sql = "SELECT " + grouping.value + R"sql( AS value, x.currency, x.type,
      sum(x.count)::integer AS count, sum(x.planned)::bigint AS planned,
      sum(x.received)::bigint AS received, sum(x.overdue)::bigint AS overdue,
      sum(x.paid_out)::bigint AS paid_out
    FROM (SELECT )sql" +
                  grouping.column + R"sql( AS key, p.currency, p.type, count(*) AS count,
      sum(p.amount_minor) AS planned,
      coalesce(sum(p.amount_minor) FILTER (WHERE p.status IN ('received', 'paid_out')), 0)
        AS received,
      coalesce(sum(p.amount_minor) FILTER (WHERE p.status IN ('planned', 'expected')
                                             AND p.planned_date < )sql" +
                  today + R"sql(), 0) AS overdue,
      coalesce(sum(p.amount_minor) FILTER (WHERE p.status = 'paid_out'), 0) AS paid_out
    FROM )sql" + list.source.from +
                  " WHERE " + list.source.where + " AND NOT p.voided AND " +
                  list.spec.fields.at("planned_date").column + " BETWEEN " + from + " AND " + to +
                  " AND " + filter.where + " GROUP BY 1, 2, 3) AS x GROUP BY 1, 2, 3 LIMIT " +
                  std::to_string(kMaxRows + 1);
  statement.params = std::move(params);
  statement.params.insert(statement.params.end(), filter.filter_params.begin(),
                          filter.filter_params.end());
  return statement;
}

PlanFactSum sum_of(const pg::Row& row) {
  return {.value = std::string(row.text("value")),
          .currency = std::string(row.text("currency")),
          .type = row.get<v1::PaymentType>("type"),
          .count = row.get<int>("count"),
          .planned = row.get<std::int64_t>("planned"),
          .received = row.get<std::int64_t>("received"),
          .overdue = row.get<std::int64_t>("overdue"),
          .paid_out = row.get<std::int64_t>("paid_out")};
}

awaitable<void> add_names(pg::Transaction& tx, const std::string& sql, v1::PlanFact& report) {
  if (sql.empty()) co_return;
  std::vector<std::string> ids;
  for (const auto& row : report.rows()) {
    if (!row.value().empty()) ids.push_back(row.value());
  }
  const auto rows = co_await tx.query(sql, ids);
  std::map<std::string, std::string> names;
  for (const auto& row : rows) names[std::string(row.text("id"))] = std::string(row.text("name"));
  for (auto& row : *report.mutable_rows()) row.set_name(names[row.value()]);
}

}  // namespace

awaitable<Result<v1::PlanFact>> PlanFactRpc::get_plan_fact(Context& ctx,
                                                           const v1::GetPlanFactRequest& request) {
  CO_TRY(const Grouping grouping, grouping_of(request.group_by()));
  CO_TRY(const Period period, period_of(request, clock::today()));
  const auto hidden = co_await hidden_deals(redis_, ctx.caller);
  PaymentSource source = payment_source(ctx.caller, hidden);
  CO_TRY(auto tx, co_await db_.read(ctx));
  lists::Request asked = lists::request_of(request);
  co_await lists::name_people(tx, source.source.team, asked);
  CO_TRY(auto statement, statement_of(std::move(source), asked, grouping, period));
  const auto rows = co_await tx.query_with(std::move(statement.sql), std::move(statement.params));
  if (rows.size() > kMaxRows) co_return invalid_field("to", "period_too_wide");

  std::vector<PlanFactSum> sums;
  for (const auto& row : rows) sums.push_back(sum_of(row));
  v1::PlanFact report;
  report.set_from(period.from.str());
  report.set_to(period.to.str());
  report.set_group_by(request.group_by().empty() ? "month" : request.group_by());
  fill_plan_fact(report, sums);
  co_await add_names(tx, grouping.names, report);
  co_return report;
}

}  // namespace bordero::payments
