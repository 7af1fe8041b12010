#include "services/crm/src/calculations/comparison.hpp"

#include <algorithm>
#include <optional>

#include "platform/json/json.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/calculations/calculation_store.hpp"
#include "services/crm/src/calculations/product_terms.hpp"

namespace bordero::crm {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Quotes = std::vector<v1::Calculation>;

enum class Best { none, lowest, highest };

// Which end of a row is the better one for the client; what is a matter of taste has none.
Best best_of(const std::string& key) {
  if (key == "premium" || key == "deductible") return Best::lowest;
  if (key == "coverage_sum" || key == "terms.towing" || key == "terms.liability_sum" ||
      key == "terms.instalment_count" || key == "commission") {
    return Best::highest;
  }
  return Best::none;
}

v1::RowKind kind_of(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return v1::ROW_KIND_MONEY;
    case FieldDescriptor::CPPTYPE_INT32:
      return v1::ROW_KIND_NUMBER;
    case FieldDescriptor::CPPTYPE_BOOL:
      return v1::ROW_KIND_FLAG;
    case FieldDescriptor::CPPTYPE_ENUM:
      return v1::ROW_KIND_KEYWORD;
    default:
      return field->name() == "valid_until" ? v1::ROW_KIND_DATE : v1::ROW_KIND_TEXT;
  }
}

v1::ComparisonCell cell_of(const Message& message, const FieldDescriptor* field) {
  v1::ComparisonCell cell;
  const auto* reader = message.GetReflection();
  if (!reader->HasField(message, field)) {
    cell.set_no_data(true);
    return cell;
  }
  switch (kind_of(field)) {
    case v1::ROW_KIND_MONEY:
      *cell.mutable_money() =
          static_cast<const common::v1::Money&>(reader->GetMessage(message, field));
      break;
    case v1::ROW_KIND_NUMBER:
      cell.set_number(reader->GetInt32(message, field));
      break;
    case v1::ROW_KIND_FLAG:
      cell.set_flag(reader->GetBool(message, field));
      break;
    case v1::ROW_KIND_KEYWORD:
      cell.set_text(json::enum_tail(field->enum_type(), reader->GetEnumValue(message, field)));
      break;
    default:
      cell.set_text(reader->GetString(message, field));
  }
  return cell;
}

// What the cells of a row are ordered by; nothing where a cell cannot be compared.
std::optional<std::int64_t> rank_of(const v1::ComparisonCell& cell) {
  if (cell.no_data()) return std::nullopt;
  if (cell.text() == "none") return 0;
  if (cell.text() == "unlimited") return INT64_MAX;
  if (cell.has_money()) return cell.money().amount_minor();
  if (cell.has_number()) return cell.number();
  return std::nullopt;
}

bool same_currency(const v1::ComparisonRow& row) {
  std::string currency;
  for (const auto& cell : row.cells()) {
    if (!cell.has_money()) continue;
    if (!currency.empty() && cell.money().currency() != currency) return false;
    currency = cell.money().currency();
  }
  return true;
}

bool differing(const v1::ComparisonRow& row) {
  return std::any_of(row.cells().begin(), row.cells().end(), [&](const auto& cell) {
    return cell.SerializeAsString() != row.cells(0).SerializeAsString();
  });
}

// The best of at least two known values that are not all the same.
void mark_best(v1::ComparisonRow& row) {
  row.set_differs(differing(row));
  const Best best = best_of(row.key());
  if (best == Best::none || !same_currency(row)) return;
  std::vector<std::int64_t> ranks;
  for (const auto& cell : row.cells()) {
    if (const auto rank = rank_of(cell)) ranks.push_back(*rank);
  }
  if (ranks.size() < 2) return;
  const auto [low, high] = std::minmax_element(ranks.begin(), ranks.end());
  if (*low == *high) return;
  const std::int64_t wanted = best == Best::lowest ? *low : *high;
  for (auto& cell : *row.mutable_cells()) cell.set_best(rank_of(cell) == wanted);
}

void add_differences(v1::ComparisonRow& row) {
  if (!same_currency(row)) return;
  std::optional<std::int64_t> cheapest;
  for (const auto& cell : row.cells()) {
    const auto rank = rank_of(cell);
    if (rank && (!cheapest || *rank < *cheapest)) cheapest = rank;
  }
  for (auto& cell : *row.mutable_cells()) {
    if (!cell.has_money()) continue;
    cell.mutable_difference()->set_currency(cell.money().currency());
    cell.mutable_difference()->set_amount_minor(cell.money().amount_minor() - *cheapest);
  }
}

v1::ComparisonRow row_of(const std::string& name, const Quotes& quotes) {
  const FieldDescriptor* field = v1::Calculation::descriptor()->FindFieldByName(name);
  v1::ComparisonRow row;
  row.set_key(name);
  row.set_kind(kind_of(field));
  for (const auto& quote : quotes) *row.add_cells() = cell_of(quote, field);
  mark_best(row);
  if (name == "premium") add_differences(row);
  return row;
}

v1::ComparisonRow term_row(const std::string& name, const Quotes& quotes) {
  const FieldDescriptor* field = v1::CalculationTerms::descriptor()->FindFieldByName(name);
  v1::ComparisonRow row;
  row.set_key("terms." + name);
  row.set_kind(kind_of(field));
  for (const auto& quote : quotes) {
    auto& cell = *row.add_cells();
    cell = cell_of(quote.terms(), field);
    const bool limited = name == "towing" && quote.terms().has_towing_limit();
    if (limited) *cell.mutable_money() = quote.terms().towing_limit();
  }
  mark_best(row);
  return row;
}

// The terms of all products at hand, each once; the limit of a tow truck stands in its row.
std::vector<std::string> term_names(const Quotes& quotes) {
  std::vector<std::string> names;
  for (const auto& quote : quotes) {
    for (const auto& name : terms_of(quote.product())) {
      const bool known = std::find(names.begin(), names.end(), name) != names.end();
      if (!known && name != "towing_limit") names.push_back(name);
    }
  }
  return names;
}

const v1::TermLine* line_of(const v1::Calculation& quote, const std::string& folded) {
  for (const auto& line : quote.extra_terms()) {
    if (search::folded_name(line.name()) == folded) return &line;
  }
  return nullptr;
}

// Lines of the same name, however it is written, share a row.
void add_extra_rows(std::vector<v1::ComparisonRow>& rows, const Quotes& quotes) {
  std::vector<std::string> seen;
  for (const auto& named : quotes) {
    for (const auto& named_line : named.extra_terms()) {
      const std::string folded = search::folded_name(named_line.name());
      if (std::find(seen.begin(), seen.end(), folded) != seen.end()) continue;
      seen.push_back(folded);
      v1::ComparisonRow row;
      row.set_key("extra." + folded);
      row.set_name(named_line.name());
      row.set_kind(v1::ROW_KIND_TEXT);
      for (const auto& quote : quotes) {
        auto& cell = *row.add_cells();
        const auto* line = line_of(quote, folded);
        const bool known = line != nullptr && !line->value().empty();
        cell.set_no_data(!known);
        if (known) cell.set_text(line->value());
      }
      row.set_differs(differing(row));
      rows.push_back(std::move(row));
    }
  }
}

v1::ComparisonRow commission_row(const Quotes& quotes) {
  v1::ComparisonRow row;
  row.set_key("commission");
  row.set_kind(v1::ROW_KIND_MONEY);
  row.set_internal(true);
  for (const auto& quote : quotes) {
    auto& cell = *row.add_cells();
    cell.set_rate(quote.commission_rate());
    cell.set_no_data(!quote.has_expected_commission());
    if (quote.has_expected_commission()) *cell.mutable_money() = quote.expected_commission();
  }
  mark_best(row);
  return row;
}

}  // namespace

std::vector<v1::ComparisonRow> compare(const std::vector<v1::Calculation>& calculations) {
  std::vector<v1::ComparisonRow> rows;
  if (calculations.empty()) return rows;
  for (const char* name : {"premium", "coverage_sum", "deductible"}) {
    rows.push_back(row_of(name, calculations));
  }
  for (const auto& name : term_names(calculations)) rows.push_back(term_row(name, calculations));
  add_extra_rows(rows, calculations);
  rows.push_back(row_of("valid_until", calculations));
  rows.push_back(commission_row(calculations));
  return rows;
}

Result<std::vector<std::string>> ids_to_compare(
    const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<std::string> unique;
  for (int i = 0; i < ids.size(); ++i) {
    const auto id = Uuid::parse(ids[i]);
    const std::string field = "calculation_ids[" + std::to_string(i) + "]";
    if (!id) return invalid_field(field, "not_a_uuid");
    if (std::find(unique.begin(), unique.end(), id->str()) != unique.end()) {
      return invalid_field(field, "repeated");
    }
    unique.push_back(id->str());
  }
  if (unique.empty()) return invalid_field("calculation_ids", "too_few");
  if (unique.size() > kMaxCompared) return invalid_field("calculation_ids", "too_many");
  return unique;
}

awaitable<Result<std::vector<v1::Calculation>>> calculations_of_deal(
    pg::Transaction& tx, const std::string& deal_id, const std::vector<std::string>& ids) {
  auto calculations = co_await list_calculations(tx, ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool ours =
        std::any_of(calculations.begin(), calculations.end(), [&](const auto& calculation) {
          return calculation.id() == ids[i] && calculation.deal_id() == deal_id;
        });
    if (ours) continue;
    co_return invalid_field("calculation_ids[" + std::to_string(i) + "]", "not_of_this_deal");
  }
  co_return calculations;
}

}  // namespace bordero::crm
