#include "services/crm/src/reports/renewal_report_list.hpp"

#include "services/crm/src/policies/policy_list.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kColumns = R"sql(
    p.id, p.number, p.deal_id, d.number AS deal_number, p.client_id,
    c.short_name AS client_name, p.insurer_id, i.short_name AS insurer_name, p.product,
    d.lead_agent_id, l.full_name AS lead_agent_name, p.effective_to, p.currency, p.premium_minor,
    CASE WHEN p.renewal_state = 'renewed' THEN p.renewal_premium_minor END AS premium_now_minor,
    p.successor_id, s.number AS successor_number, )sql";
constexpr const char* kJoins = R"sql(
    JOIN clients c ON c.id = p.client_id
    JOIN insurers i ON i.id = p.insurer_id
    LEFT JOIN users l ON l.id = d.lead_agent_id
    LEFT JOIN policies s ON s.id = p.successor_id AND p.renewal_state = 'renewed')sql";

std::string date_sql(Date day) { return "DATE '" + day.str() + "'"; }

std::string outcome_sql(const std::string& end) {
  return "CASE WHEN p.renewal_state = 'renewed' THEN 'renewed' WHEN " + end + " < " +
         date_sql(clock::today()) + " THEN 'lapsed' ELSE 'open' END";
}

// The outcome depends on the business clock, so the fields are made for each request.
lists::Spec spec_now(const PolicySource& list, const std::string& outcome,
                     const ReportPeriod& period) {
  lists::Spec spec = list.spec;
  spec.resource = "renewal_report " + period.from.str() + " " + period.to.str();
  spec.fields["effective_to"].nullable = false;
  spec.fields["outcome"] = {.column = "(" + outcome + ")",
                            .type = lists::FieldType::keyword,
                            .groupable = true,
                            .keywords = {"renewed", "lapsed", "open"}};
  spec.sums.push_back(
      {"premium_now",
       "CASE WHEN p.renewal_state = 'renewed' THEN p.renewal_premium_minor ELSE 0 END"});
  return spec;
}

}  // namespace

awaitable<Result<v1::ListRenewalReportPoliciesReply>> renewal_report_page(
    pg::Transaction& tx, const Caller& caller, const v1::ListRenewalReportPoliciesRequest& request,
    const ReportPeriod& period) {
  PolicySource list = policy_source(caller, "reports.renewals");
  const std::string end = list.narrow + ".effective_to";
  const std::string outcome = outcome_sql(end);
  list.source.columns = kColumns + outcome + " AS outcome";
  list.source.joins = kJoins;
  list.source.where += " AND " + end + " BETWEEN " + date_sql(period.from) + " AND " +
                       date_sql(period.to) + " AND p.renewal_state <> 'ended'";
  const auto spec = spec_now(list, outcome, period);
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await lists::read_page(tx, spec, asked, std::move(list.source)));

  v1::ListRenewalReportPoliciesReply reply;
  for (const auto& row : page.rows) row.fill(*reply.add_policies());
  lists::put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
