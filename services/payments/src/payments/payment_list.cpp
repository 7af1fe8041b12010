#include "services/payments/src/payments/payment_list.hpp"

#include "platform/projection/team.hpp"
#include "services/payments/src/access/access.hpp"
#include "services/payments/src/payments/payment_view.hpp"

namespace bordero::payments {
namespace {

using lists::Field;
using lists::FieldType;

// Written out for both answers, so that "overdue = true" meets the index of open payments.
std::string overdue_condition(const std::string& narrow) {
  const std::string overdue = "(" + narrow + ".planned_date < DATE '" + clock::today().str() +
                              "' AND " + narrow + ".status IN ('planned', 'expected') AND NOT " +
                              narrow + ".voided)";
  return "($? AND " + overdue + ") OR (NOT $? AND NOT " + overdue + ")";
}

// `narrow` is the table whose index leads the list: the caller's access rows, or the payments.
lists::Spec spec_of(const std::string& narrow, const std::string& id) {
  const auto uuid = [](const std::string& column) {
    return Field{.column = column, .type = FieldType::uuid, .nullable = true, .groupable = true};
  };
  const auto person = [](const std::string& column) {
    return Field{.column = column,
                 .type = FieldType::uuid,
                 .nullable = true,
                 .groupable = true,
                 .person = true};
  };
  const auto keyword = [](const std::string& column, std::vector<std::string> words) {
    return Field{.column = column,
                 .type = FieldType::keyword,
                 .groupable = true,
                 .keywords = std::move(words)};
  };
  lists::Spec spec{.resource = "payments",
                   .fields = {},
                   .default_order = "planned_date",
                   .id_column = id,
                   .sums = {{"amount", "CASE WHEN p.voided THEN 0 ELSE p.amount_minor END"}},
                   .currency = "p.currency"};
  spec.fields = {
      {"number", {.column = "p.number", .sortable = true}},
      {"deal_id", uuid("p.deal_id")},
      {"policy_id", uuid("p.policy_id")},
      {"policy_number",
       {.column = "p.policy_id",
        .condition = "p.policy_id IN (SELECT x.id FROM policies x WHERE x.number = $?)"}},
      {"client_id", uuid("p.client_id")},
      {"insurer_id", uuid("p.insurer_id")},
      {"product", keyword("p.product", {"osago", "kasko", "mortgage", "property", "dms", "ns",
                                        "travel", "liability", "cargo", "other"})},
      {"type", keyword("p.type",
                       {"client_premium", "commission_income", "client_discount", "executor_fee"})},
      {"status", keyword(narrow + ".status", {"planned", "expected", "received", "paid_out"})},
      {"planned_date",
       {.column = narrow + ".planned_date",
        .type = FieldType::date,
        .sortable = true,
        .groupable = true}},
      {"actual_date",
       {.column = "p.actual_date",
        .type = FieldType::date,
        .sortable = true,
        .nullable = true,
        .groupable = true}},
      {"amount",
       {.column = "(p.amount_minor / 100.0)", .type = FieldType::number, .sortable = true}},
      {"payee_user_id", person("p.payee_user_id")},
      {"confirmed_by", person("p.confirmed_by")},
      {"lead_agent_id", person("p.lead_agent_id")},
      {"overdue",
       {.column = "p.id", .type = FieldType::boolean, .condition = overdue_condition(narrow)}},
      {"voided", {.column = narrow + ".voided", .type = FieldType::boolean}},
      {"created_at", {.column = "p.created_at", .type = FieldType::instant, .sortable = true}},
      {"updated_at", {.column = "p.updated_at", .type = FieldType::instant, .sortable = true}},
  };
  return spec;
}

}  // namespace

PaymentSource payment_source(const Caller& caller, const std::vector<std::string>& hidden) {
  PaymentSource list;
  list.source = {.columns = kPaymentColumns,
                 .from = "payments p",
                 .joins = kPaymentJoins,
                 .team = projection::team_of(caller)};
  if (sees_all(caller.role)) {
    list.spec = spec_of("p", "p.id");
    list.source.columns += ", NULL::boolean AS is_lead";
    return list;
  }
  list.spec = spec_of("a", "a.payment_id");
  list.source.columns += ", a.is_lead";
  // A left join, so that counts that need nothing of `payments` never visit it.
  list.source.from = "payment_access a LEFT JOIN payments p ON p.id = a.payment_id";
  list.source.where =
      "a.user_id = $1 AND " +
      policy::predicate(caller, "payments.read", {.lead = "", .member = "true", .owner = ""});
  list.source.params = {user_param(caller)};
  if (hidden.empty()) return list;
  list.source.where += " AND a.deal_id <> ALL($2::uuid[])";
  list.source.params.push_back(pg::to_param(hidden));
  return list;
}

awaitable<Result<v1::ListPaymentsReply>> list_page_of_payments(
    pg::Transaction& tx, const Caller& caller, const std::vector<std::string>& hidden,
    const v1::ListPaymentsRequest& request) {
  auto list = payment_source(caller, hidden);
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await lists::read_page(tx, list.spec, asked, std::move(list.source)));
  v1::ListPaymentsReply reply;
  for (const auto& row : page.rows) {
    SeenPayment seen = seen_of(row);
    show_payment(seen, caller);
    *reply.add_payments() = std::move(seen.view);
  }
  lists::put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::payments
