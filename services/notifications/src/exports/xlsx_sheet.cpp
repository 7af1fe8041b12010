#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <charconv>

#include "services/notifications/src/exports/sheet.hpp"

namespace bordero::notifications {
namespace {

constexpr std::size_t kMostCharacters = 32'767;  // Of a cell, says the format.

// A file without a name, in memory: nothing is left behind, however the process ends.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("export", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw Broken("no memory for a file");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  std::string read() const {
    std::string bytes(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
      const auto got =
          pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (got <= 0) throw Broken("a file in memory cannot be read");
      done += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

// At most as many characters as a cell holds, whole ones.
std::string fitting(const std::string& text) {
  if (text.size() <= kMostCharacters) return text;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts && ++characters == kMostCharacters) return text.substr(0, i) + "…";
  }
  return text;
}

lxw_datetime datetime_of(const Date& date, int second) {
  const std::chrono::year_month_day day(date.day);
  lxw_datetime out = {};
  out.year = static_cast<int>(day.year());
  out.month = static_cast<int>(static_cast<unsigned>(day.month()));
  out.day = static_cast<int>(static_cast<unsigned>(day.day()));
  out.hour = second / 3600;
  out.min = second / 60 % 60;
  out.sec = second % 60;
  return out;
}

double width_of(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return 28;
    case ColumnType::instant:
      return 20;
    default:
      return 14;
  }
}

class XlsxSheet : public Sheet {
 public:
  XlsxSheet(const std::vector<Column>& columns, v1::ExportLanguage language) {
    // Rows go to a nameless temporary file as they come; only the packed file is in memory.
    lxw_workbook_options options = {};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(file_.path().c_str(), &options);
    if (book_ == nullptr) throw Broken("a workbook cannot be begun");
    sheet_ = workbook_add_worksheet(book_, nullptr);
    const bool english = language == v1::EXPORT_LANGUAGE_EN;
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    date_ = format_of(english ? "yyyy-mm-dd" : "dd.mm.yyyy");
    moment_ = format_of(english ? "yyyy-mm-dd hh:mm:ss" : "dd.mm.yyyy hh:mm:ss");
    money_ = format_of("#,##0.00");
    write_head(columns, language);
  }
  ~XlsxSheet() override {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }

  void add(const CellRow& row) override {
    for (std::size_t i = 0; i < row.size(); ++i) write(static_cast<lxw_col_t>(i), row[i]);
    ++row_;
  }
  std::size_t taken() const override { return taken_; }
  std::string finish() override {
    const lxw_error failed = workbook_close(book_);  // Frees it.
    book_ = nullptr;
    if (failed != LXW_NO_ERROR) throw Broken(lxw_strerror(failed));
    return file_.read();
  }

 private:
  lxw_format* format_of(const char* pattern) {
    lxw_format* format = workbook_add_format(book_);
    format_set_num_format(format, pattern);
    return format;
  }
  void write_head(const std::vector<Column>& columns, v1::ExportLanguage language) {
    worksheet_freeze_panes(sheet_, 1, 0);
    lxw_col_t at = 0;
    for (const Column& column : columns) {
      worksheet_set_column(sheet_, at, at, width_of(column.type), nullptr);
      write_text(at++, column.title, bold_);
    }
    if (has_money(columns)) write_text(at, currency_title(language), bold_);
    ++row_;
  }
  void write_text(lxw_col_t at, const std::string& text, lxw_format* format) {
    taken_ += text.size();
    worksheet_write_string(sheet_, row_, at, fitting(text).c_str(), format);
  }
  void write_number(lxw_col_t at, double number, lxw_format* format) {
    taken_ += sizeof number;
    worksheet_write_number(sheet_, row_, at, number, format);
  }
  void write_moment(lxw_col_t at, const Date& date, int second, lxw_format* format) {
    taken_ += sizeof date;
    lxw_datetime datetime = datetime_of(date, second);
    worksheet_write_datetime(sheet_, row_, at, &datetime, format);
  }
  void write(lxw_col_t at, const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return write_text(at, *text, nullptr);
    if (const auto* count = std::get_if<std::int64_t>(&cell)) {
      return write_number(at, static_cast<double>(*count), nullptr);
    }
    if (const auto* amount = std::get_if<Amount>(&cell)) {
      return write_number(at, static_cast<double>(amount->minor) / 100, money_);
    }
    if (const auto* date = std::get_if<Date>(&cell)) return write_moment(at, *date, 0, date_);
    if (const auto* moment = std::get_if<Moment>(&cell)) {
      return write_moment(at, moment->day, moment->second, moment_);
    }
    if (const auto* decimal = std::get_if<Decimal>(&cell)) write_decimal(at, decimal->digits);
  }
  void write_decimal(lxw_col_t at, const std::string& digits) {
    double number = 0;
    const char* last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, number);
    if (error != std::errc() || end != last) return write_text(at, digits, nullptr);
    write_number(at, number, nullptr);
  }

  MemoryFile file_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_format* date_ = nullptr;
  lxw_format* moment_ = nullptr;
  lxw_format* money_ = nullptr;
  lxw_row_t row_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace

std::unique_ptr<Sheet> xlsx_sheet(const std::vector<Column>& columns, v1::ExportLanguage language) {
  return std::make_unique<XlsxSheet>(columns, language);
}

}  // namespace bordero::notifications
