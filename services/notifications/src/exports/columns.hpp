#pragma once

#include <map>
#include <string>
#include <vector>

#include "bordero/notifications/v1/jobs.pb.h"
#include "platform/base/result.hpp"
#include "services/notifications/src/exports/cell.hpp"

namespace bordero::notifications {

enum class ColumnType { text, number, money, date, instant };

// A column of an export: where its values stand in the list's rows.
struct Column {
  std::string title;
  ColumnType type = ColumnType::text;
  std::vector<const google::protobuf::FieldDescriptor*> path = {};
  bool many = false;  // The path goes through a list: its values are joined.
  std::map<std::string, std::string> words = {};
};

// The columns that were asked for; without any, all plain fields that may leave the product.
// Refuses fields that the rows do not have, and sensitive ones, by name.
Result<std::vector<Column>> read_columns(const google::protobuf::Descriptor* row,
                                         const v1::StartExportRequest& request);

// Whether a currency stands in a column of its own, after all others.
bool has_money(const std::vector<Column>& columns);
std::string currency_title(v1::ExportLanguage language);

// The cells of a row, and its currency.
CellRow cells_of(const google::protobuf::Message& row, const std::vector<Column>& columns,
                 v1::ExportLanguage language);

}  // namespace bordero::notifications
