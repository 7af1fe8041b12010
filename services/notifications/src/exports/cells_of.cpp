#include <algorithm>

#include "bordero/common/v1/common.pb.h"
#include "platform/base/money.hpp"
#include "platform/json/json.hpp"
#include "services/notifications/src/exports/columns.hpp"

namespace bordero::notifications {
namespace {

using common::v1::Money;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Calls `take(message, field, index)` for each value at the end of the path; index -1 is the one of
// a field that is no list.
template <class Take>
void each_value(const Message& message, const Column& column, std::size_t step, const Take& take) {
  const FieldDescriptor* field = column.path[step];
  const auto* reflection = message.GetReflection();
  const bool last = step + 1 == column.path.size();
  if (field->is_repeated()) {
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      if (last) {
        take(message, field, i);
      } else {
        each_value(reflection->GetRepeatedMessage(message, field, i), column, step + 1, take);
      }
    }
    return;
  }
  if (field->has_presence() && !reflection->HasField(message, field)) return;
  if (last) return take(message, field, -1);
  each_value(reflection->GetMessage(message, field), column, step + 1, take);
}

const Message& message_at(const Message& message, const FieldDescriptor* field, int index) {
  const auto* reflection = message.GetReflection();
  return index < 0 ? reflection->GetMessage(message, field)
                   : reflection->GetRepeatedMessage(message, field, index);
}

std::string wire_text(const Message& message, const FieldDescriptor* field, int index,
                      bool russian) {
  const auto* reflection = message.GetReflection();
  const bool one = index < 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return one ? reflection->GetString(message, field)
                 : reflection->GetRepeatedString(message, field, index);
    case FieldDescriptor::CPPTYPE_ENUM:
      return json::enum_tail(field->enum_type(),
                             one ? reflection->GetEnumValue(message, field)
                                 : reflection->GetRepeatedEnumValue(message, field, index));
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool yes = one ? reflection->GetBool(message, field)
                           : reflection->GetRepeatedBool(message, field, index);
      if (russian) return yes ? "да" : "нет";
      return yes ? "yes" : "no";
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(one ? reflection->GetInt32(message, field)
                                : reflection->GetRepeatedInt32(message, field, index));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(one ? reflection->GetInt64(message, field)
                                : reflection->GetRepeatedInt64(message, field, index));
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const auto& money = static_cast<const Money&>(message_at(message, field, index));
      return amount_text(money.amount_minor()) + " " + money.currency();
    }
    default:
      return {};
  }
}

std::string text_at(const Message& message, const FieldDescriptor* field, int index,
                    const Column& column, bool russian) {
  std::string text = wire_text(message, field, index, russian);
  const auto word = column.words.find(text);
  return word == column.words.end() ? text : word->second;
}

Cell text_cell(std::string text) {
  if (text.empty()) return {};
  return text;
}

// Values that are not what their column is for are shown as they came.
Cell typed(const Message& message, const FieldDescriptor* field, const Column& column,
           bool russian) {
  if (column.type == ColumnType::money) {
    return Amount{static_cast<const Money&>(message_at(message, field, -1)).amount_minor()};
  }
  std::string text = text_at(message, field, -1, column, russian);
  if (text.empty() || column.type == ColumnType::text) return text_cell(std::move(text));
  if (column.type == ColumnType::date) {
    if (const auto date = Date::parse(text)) return *date;
  } else if (column.type == ColumnType::instant) {
    if (const auto instant = parse_instant(text)) return moment_of(*instant);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    return std::int64_t{message.GetReflection()->GetInt32(message, field)};
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
    return message.GetReflection()->GetInt64(message, field);
  } else {
    return Decimal{std::move(text)};
  }
  return text;
}

Cell cell_of(const Message& row, const Column& column, bool russian) {
  Cell cell;
  std::string joined;
  each_value(row, column, 0, [&](const Message& message, const FieldDescriptor* field, int index) {
    if (!column.many) {
      cell = typed(message, field, column, russian);
      return;
    }
    const std::string text = text_at(message, field, index, column, russian);
    if (!text.empty()) joined += (joined.empty() ? "" : "; ") + text;
  });
  return column.many ? text_cell(std::move(joined)) : cell;
}

// One word as a rule; where a row mixes currencies, one for each of its sums in their order.
Cell currency_of(const Message& row, const std::vector<Column>& columns) {
  std::vector<std::string> found;
  for (const Column& column : columns) {
    if (column.type != ColumnType::money) continue;
    each_value(row, column, 0, [&](const Message& message, const FieldDescriptor* field, int) {
      found.push_back(static_cast<const Money&>(message_at(message, field, -1)).currency());
    });
  }
  if (found.empty()) return {};
  const bool one = std::all_of(found.begin(), found.end(),
                               [&](const std::string& code) { return code == found.front(); });
  if (one) return text_cell(found.front());
  std::string all;
  for (const std::string& code : found) all += (all.empty() ? "" : "; ") + code;
  return all;
}

}  // namespace

CellRow cells_of(const Message& row, const std::vector<Column>& columns,
                 v1::ExportLanguage language) {
  const bool russian = language != v1::EXPORT_LANGUAGE_EN;
  CellRow cells;
  cells.reserve(columns.size() + 1);
  for (const Column& column : columns) cells.push_back(cell_of(row, column, russian));
  if (has_money(columns)) cells.push_back(currency_of(row, columns));
  return cells;
}

}  // namespace bordero::notifications
