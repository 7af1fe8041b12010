#include "services/crm/src/calculations/calculation_history.hpp"

#include "platform/json/json.hpp"
#include "platform/json/list.hpp"
#include "platform/lists/list_page.hpp"

namespace bordero::crm {
namespace {

using google::protobuf::Message;

constexpr std::array kFields = {"insurer_name",  "product",         "program",
                                "object_titles", "premium",         "coverage_sum",
                                "deductible",    "commission_rate", "commission_amount",
                                "calculated_on", "valid_until",     "extra_terms",
                                "comments",      "status"};

std::string value_of(const Message& message, const google::protobuf::FieldDescriptor* field) {
  std::string text;
  json::append_field(text, message, field);
  return text;
}

void add_change(std::vector<v1::FieldChange>& changes, const std::string& prefix,
                const google::protobuf::FieldDescriptor* field, const Message& before,
                const Message& after) {
  std::string from = value_of(before, field);
  std::string to = value_of(after, field);
  if (from == to) return;
  v1::FieldChange change;
  change.set_field(prefix + field->name());
  change.set_from(std::move(from));
  change.set_to(std::move(to));
  changes.push_back(std::move(change));
}

const lists::Spec& spec() {
  static const lists::Spec spec = {.resource = "calculation_history",
                                   .fields = {{"version",
                                               {.column = "v.version",
                                                .type = lists::FieldType::number,
                                                .filterable = false,
                                                .sortable = true}}},
                                   .default_order = "version desc",
                                   .id_column = "v.version",
                                   .id_type = lists::FieldType::number};
  return spec;
}

}  // namespace

std::vector<v1::FieldChange> changes_between(const v1::Calculation& before,
                                             const v1::Calculation& after) {
  std::vector<v1::FieldChange> changes;
  const auto* type = v1::Calculation::descriptor();
  for (const char* name : kFields) {
    add_change(changes, "", type->FindFieldByName(name), before, after);
  }
  const auto* terms = v1::CalculationTerms::descriptor();
  for (int i = 0; i < terms->field_count(); ++i) {
    add_change(changes, "terms.", terms->field(i), before.terms(), after.terms());
  }
  return changes;
}

void write_history(pg::Transaction& tx, const Context& context, const v1::Calculation& before,
                   const v1::Calculation& after) {
  google::protobuf::RepeatedPtrField<v1::FieldChange> changes;
  for (auto& change : changes_between(before, after)) *changes.Add() = std::move(change);
  tx.execute(R"sql(
      INSERT INTO calculation_versions (calculation_id, version, actor_id, changes)
      VALUES ($1, $2, $3, $4))sql",
             after.id(), after.version(), context.caller.actor(), json::list_text(changes));
}

awaitable<Result<v1::ListCalculationHistoryReply>> history_page(pg::Transaction& tx,
                                                                Id<Calculation> id,
                                                                const lists::Request& request) {
  lists::ListSource source{
      .columns = "v.version, v.at, v.actor_id, u.full_name AS actor_name, v.changes",
      .from = "calculation_versions v",
      .joins =
          "LEFT JOIN users u ON u.id = CASE WHEN v.actor_id LIKE 'system:%' THEN NULL "
          "ELSE v.actor_id::uuid END",
      .where = "v.calculation_id = $1",
      .params = {id.str()}};
  CO_TRY(auto page, co_await read_page(tx, spec(), request, std::move(source)));
  v1::ListCalculationHistoryReply reply;
  for (const auto& row : page.rows) row.fill(*reply.add_history());
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
