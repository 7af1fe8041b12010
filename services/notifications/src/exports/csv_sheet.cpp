#include <algorithm>

#include "platform/base/money.hpp"
#include "services/notifications/src/exports/sheet.hpp"

namespace bordero::notifications {
namespace {

constexpr const char* kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kDangerous = "=+-@\t\r\n";

// Apostrophes before such a character count as well, so that taking one away gives the text back.
bool is_dangerous(const std::string& text) {
  const std::size_t first = text.find_first_not_of('\'');
  return first != std::string::npos && kDangerous.find(text[first]) != std::string_view::npos;
}

class CsvSheet : public Sheet {
 public:
  CsvSheet(const std::vector<Column>& columns, v1::ExportLanguage language)
      : separator_(language == v1::EXPORT_LANGUAGE_EN ? ',' : ';'),
        point_(language == v1::EXPORT_LANGUAGE_EN ? '.' : ','),
        out_(kByteOrderMark) {
    CellRow head;
    for (const Column& column : columns) head.emplace_back(column.title);
    if (has_money(columns)) head.emplace_back(currency_title(language));
    add(head);
  }

  void add(const CellRow& row) override {
    bool first = true;
    for (const Cell& cell : row) {
      if (!first) out_ += separator_;
      first = false;
      out_ += text_of(cell);
    }
    out_ += "\r\n";
  }
  std::size_t taken() const override { return out_.size(); }
  std::string finish() override { return std::move(out_); }

 private:
  std::string number(std::string digits) const {
    std::replace(digits.begin(), digits.end(), '.', point_);
    return digits;
  }
  std::string text_of(const Cell& cell) const {
    if (const auto* text = std::get_if<std::string>(&cell)) return csv_text(*text, separator_);
    if (const auto* count = std::get_if<std::int64_t>(&cell)) return std::to_string(*count);
    if (const auto* decimal = std::get_if<Decimal>(&cell)) return number(decimal->digits);
    if (const auto* amount = std::get_if<Amount>(&cell)) return number(amount_text(amount->minor));
    if (const auto* date = std::get_if<Date>(&cell)) return date->str();
    if (const auto* moment = std::get_if<Moment>(&cell)) {
      return moment->day.str() + " " + time_text(*moment);
    }
    return {};
  }

  char separator_;
  char point_;
  std::string out_;
};

}  // namespace

std::string csv_text(const std::string& text, char separator) {
  std::string safe = is_dangerous(text) ? "'" + text : text;
  if (safe.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::unique_ptr<Sheet> csv_sheet(const std::vector<Column>& columns, v1::ExportLanguage language) {
  return std::make_unique<CsvSheet>(columns, language);
}

}  // namespace bordero::notifications
