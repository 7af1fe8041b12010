#include "services/crm/src/calculations/calculation_list.hpp"

#include "platform/lists/list_page.hpp"
#include "services/crm/src/access/access.hpp"

namespace bordero::crm {
namespace {

using lists::Field;
using lists::FieldType;

// A sum of money in whole units; the indexes are on the same expression.
Field money(const std::string& column) {
  return {.column = "(" + column + " / 100.0)",
          .type = FieldType::number,
          .sortable = true,
          .nullable = true};
}

const lists::Spec& spec() {
  static const lists::Spec spec = [] {
    lists::Spec made;
    made.resource = "calculations";
    made.default_order = "created_at desc";
    made.id_column = "k.id";
    made.sums = {{"premium", "k.premium_minor"}};
    made.currency = "k.currency";
    Field coverage_sum = money("k.coverage_sum_minor");
    coverage_sum.sortable = false;
    made.fields = {
        {"deal_id", {.column = "k.deal_id", .type = FieldType::uuid, .groupable = true}},
        {"insurer_id", {.column = "k.insurer_id", .type = FieldType::uuid, .groupable = true}},
        {"product",
         {.column = "k.product",
          .type = FieldType::keyword,
          .groupable = true,
          .keywords = {"osago", "kasko", "mortgage", "property", "dms", "ns", "travel", "liability",
                       "cargo", "other"}}},
        {"status",
         {.column = "k.status",
          .type = FieldType::keyword,
          .groupable = true,
          .keywords = {"draft", "ready", "chosen", "declined", "expired"}}},
        {"program", {.column = "k.program"}},
        {"premium", money("k.premium_minor")},
        {"coverage_sum", std::move(coverage_sum)},
        {"calculated_on", {.column = "k.calculated_on", .type = FieldType::date}},
        {"valid_until",
         {.column = "k.valid_until",
          .type = FieldType::date,
          .sortable = true,
          .nullable = true,
          .groupable = true}},
        {"created_at", {.column = "k.created_at", .type = FieldType::instant, .sortable = true}},
        {"updated_at", {.column = "k.updated_at", .type = FieldType::instant, .sortable = true}},
    };
    return made;
  }();
  return spec;
}

// Begins at the caller's deals, unless they see all.
lists::ListSource source_of(const Caller& caller, bool own) {
  lists::ListSource source{
      .columns = kCalculationColumns,
      .from = "calculations k",
      .joins = std::string("JOIN deals d ON d.id = k.deal_id") + kCalculationJoins};
  source.columns += ", d.status AS deal_status";
  if (!own) return source;
  source.columns += ", a.is_lead";
  source.from = "deal_access a JOIN calculations k ON k.deal_id = a.deal_id";
  source.where = "a.user_id = $1 AND " + related_seen(caller.role, "deals.read");
  source.params = {user_param(caller)};
  return source;
}

}  // namespace

awaitable<Result<v1::ListCalculationsReply>> list_page_of_calculations(
    pg::Transaction& tx, const Caller& caller, const v1::ListCalculationsRequest& request) {
  const bool own = deals_seen(caller.role) != "true";
  lists::ListSource source = source_of(caller, own);
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec(), asked, std::move(source)));

  v1::ListCalculationsReply reply;
  for (const auto& row : page.rows) {
    v1::Calculation& calculation = *reply.add_calculations();
    calculation = calculation_of(row);
    policy::Relation relation;
    relation.lead = own && row.get<bool>("is_lead");
    relation.member = own && !relation.lead;
    show_calculation(calculation, caller, relation, row.get<v1::DealStatus>("deal_status"));
  }
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
