#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/notifications/src/exports/columns.hpp"

namespace bordero::notifications {

// A file of rows in the making, in memory. Blocking work: it runs on a pool of threads.
class Sheet {
 public:
  virtual ~Sheet() = default;
  virtual void add(const CellRow& row) = 0;
  virtual std::size_t taken() const = 0;  // Bytes of text so far.
  virtual std::string finish() = 0;       // The file; once.
};

// Text cells that a table program would take for a formula get a leading apostrophe.
std::unique_ptr<Sheet> csv_sheet(const std::vector<Column>& columns, v1::ExportLanguage language);
// Typed cells: a text is never a formula.
std::unique_ptr<Sheet> xlsx_sheet(const std::vector<Column>& columns, v1::ExportLanguage language);

// As a CSV file shows the text, quotes and all.
std::string csv_text(const std::string& text, char separator);

}  // namespace bordero::notifications
