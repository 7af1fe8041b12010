#include "services/notifications/src/exports/columns.hpp"

#include <algorithm>

#include "platform/rpc/contract.hpp"

namespace bordero::notifications {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr std::size_t kDeepest = 4;

bool is_money(const FieldDescriptor* field) {
  return field->message_type() != nullptr &&
         field->message_type()->full_name() == "bordero.common.v1.Money";
}

// What is more than personal stays in the product.
bool may_leave(const FieldDescriptor* field) { return rpc::class_of(field) <= PERSONAL; }

bool is_plain(const FieldDescriptor* field) {
  return is_money(field) ||
         (field->message_type() == nullptr && field->type() != FieldDescriptor::TYPE_BYTES);
}

ColumnType type_of(const FieldDescriptor* field) {
  if (is_money(field)) return ColumnType::money;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return ColumnType::number;
    case FieldDescriptor::CPPTYPE_STRING:
      break;
    default:
      return ColumnType::text;
  }
  // The unit stands last in a name: such a text is a decimal number.
  if (field->name().ends_with("_percent")) return ColumnType::number;
  switch (rpc::rule_of(field).format()) {
    case DATE:
      return ColumnType::date;
    case INSTANT:
      return ColumnType::instant;
    case DECIMAL:
      return ColumnType::number;
    default:
      return ColumnType::text;
  }
}

Column column_of(std::vector<const FieldDescriptor*> path, std::string title) {
  Column column{.title = std::move(title)};
  column.many = std::any_of(path.begin(), path.end(),
                            [](const FieldDescriptor* step) { return step->is_repeated(); });
  column.type = column.many ? ColumnType::text : type_of(path.back());
  column.path = std::move(path);
  return column;
}

// "deadline.date" as the fields that lead there; empty when they do not.
std::vector<const FieldDescriptor*> path_of(const Descriptor* row, std::string_view text) {
  std::vector<const FieldDescriptor*> path;
  const Descriptor* type = row;
  while (type != nullptr && path.size() < kDeepest) {
    const std::size_t dot = std::min(text.find('.'), text.size());
    const FieldDescriptor* field = type->FindFieldByName(std::string(text.substr(0, dot)));
    if (field == nullptr) return {};
    path.push_back(field);
    if (dot == text.size()) return is_plain(field) ? path : decltype(path)();
    text.remove_prefix(dot + 1);
    type = is_money(field) ? nullptr : field->message_type();
  }
  return {};
}

Result<Column> read_column(const Descriptor* row, const v1::ExportColumn& asked,
                           const std::string& where) {
  auto path = path_of(row, asked.field());
  if (path.empty()) {
    return invalid_field(where, "unknown_value", "the list has no column " + asked.field());
  }
  if (!std::all_of(path.begin(), path.end(), may_leave)) {
    return invalid_field(where, "sensitive_field", asked.field() + " cannot be exported");
  }
  Column column = column_of(std::move(path), asked.title().empty() ? asked.field() : asked.title());
  for (const auto& word : asked.words()) column.words[word.value()] = word.word();
  return column;
}

std::vector<Column> all_columns(const Descriptor* row) {
  std::vector<Column> columns;
  for (int i = 0; i < row->field_count(); ++i) {
    const FieldDescriptor* field = row->field(i);
    if (field->is_repeated() || !is_plain(field) || !may_leave(field)) continue;
    columns.push_back(column_of({field}, field->name()));
  }
  return columns;
}

}  // namespace

Result<std::vector<Column>> read_columns(const Descriptor* row,
                                         const v1::StartExportRequest& request) {
  if (request.columns().empty()) return all_columns(row);
  std::vector<Column> columns;
  for (int i = 0; i < request.columns_size(); ++i) {
    const std::string where = "columns[" + std::to_string(i) + "].field";
    columns.push_back(TRY(read_column(row, request.columns(i), where)));
  }
  return columns;
}

bool has_money(const std::vector<Column>& columns) {
  return std::any_of(columns.begin(), columns.end(),
                     [](const Column& column) { return column.type == ColumnType::money; });
}

std::string currency_title(v1::ExportLanguage language) {
  return language == v1::EXPORT_LANGUAGE_EN ? "Currency" : "Валюта";
}

}  // namespace bordero::notifications
