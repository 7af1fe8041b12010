#include "services/crm/src/offers/offer_pdf.hpp"

#include <algorithm>

#include "platform/base/clock.hpp"
#include "services/crm/src/offers/offer_words.hpp"
#include "services/crm/src/offers/pdf.hpp"

namespace bordero::crm {
namespace {

constexpr float kMargin = 40;
constexpr float kBottom = 50;
constexpr float kPadding = 6;
constexpr float kLine = 12;  // From one line of text to the next.

// One cell's lines, ready to be drawn.
struct Cell {
  std::vector<std::string> lines;
  TextStyle style;
};

// Draws an offer from the top of the first page to the bottom of the last.
class Sheet {
 public:
  Sheet(const v1::Offer& offer, const std::string& logo, v1::Language language,
        const std::string& font_folder)
      : offer_(offer), logo_(logo), language_(language), pdf_(font_folder) {
    const float whole = Pdf::kWidth - 2 * kMargin;
    label_width_ = std::min(170.0F, whole / 4);
    column_width_ = (whole - label_width_) / static_cast<float>(std::max(1, offer.columns_size()));
  }

  std::string draw() {
    pdf_.set_title(offer_.number());
    const Date day = Date::parse(offer_.offered_on()).value_or(Date{});
    const std::chrono::year_month_day parts{day.day};
    pdf_.set_day(static_cast<int>(parts.year()), static_cast<int>(unsigned(parts.month())),
                 static_cast<int>(unsigned(parts.day())));
    new_page();
    draw_agency();
    draw_heading();
    draw_columns();
    for (const auto& row : offer_.rows()) draw_row(row);
    pdf_.text(kMargin, y_ - 18, word("best"), {.size = 8, .ink = Ink::hint});
    return pdf_.bytes();
  }

 private:
  std::string word(const char* key) const { return words::fixed(key, language_); }

  void new_page() {
    pdf_.add_page();
    ++page_;
    y_ = Pdf::kHeight - kMargin;
    const std::string number = offer_.number() + " · " + word("page") + " " + std::to_string(page_);
    pdf_.text_right(Pdf::kWidth - kMargin, 26, number, {.size = 8, .ink = Ink::hint});
  }

  // Who offers: the picture, and beside it name, phone and address. Nothing of it on offers that
  // were made before there was any.
  void draw_agency() {
    if (offer_.agency_name().empty()) return;
    constexpr float kHead = 40;
    const float shown = pdf_.picture(kMargin, y_ - kHead, logo_, {.width = 160, .height = kHead});
    const float x = kMargin + shown + (shown > 0 ? 12 : 0);
    const float width = Pdf::kWidth - kMargin - x;
    const TextStyle bold{.size = 12, .bold = true};
    const TextStyle plain{.size = 9, .ink = Ink::hint};
    float y = y_ - 12;
    for (const auto& line : pdf_.wrapped(offer_.agency_name(), width, bold)) {
      pdf_.text(x, y, line, bold);
      y -= 14;
    }
    for (const auto* text : {&offer_.agency_phone(), &offer_.agency_address()}) {
      for (const auto& line : pdf_.wrapped(*text, width, plain)) {
        pdf_.text(x, y, line, plain);
        y -= kLine;
      }
    }
    y_ = std::min(y, y_ - kHead) - 4;
    pdf_.line(kMargin, y_, Pdf::kWidth - kMargin, y_);
    y_ -= 10;
  }

  void draw_heading() {
    pdf_.text(kMargin, y_ - 14, word("title") + " № " + offer_.number(),
              {.size = 16, .bold = true});
    y_ -= 36;
    std::string objects;
    for (const auto& title : offer_.object_titles()) {
      objects += (objects.empty() ? "" : "; ") + title;
    }
    fact("date", words::date(offer_.offered_on(), language_));
    fact("client", offer_.client_name());
    fact("deal", offer_.deal_title());
    fact("objects", objects);
    fact("author", offer_.author_name());
    y_ -= 8;
  }

  void fact(const char* key, const std::string& value) {
    if (value.empty()) return;
    const TextStyle style{.size = 10};
    pdf_.text(kMargin, y_, word(key), {.size = 10, .ink = Ink::hint});
    for (const auto& line : pdf_.wrapped(value, 560, style)) {
      pdf_.text(kMargin + 90, y_, line, style);
      y_ -= 14;
    }
  }

  float left_of(int column) const {
    return kMargin + label_width_ + column_width_ * static_cast<float>(column);
  }

  void draw_columns() {
    std::vector<Cell> cells;
    const TextStyle bold{.size = 10, .bold = true};
    for (const auto& column : offer_.columns()) {
      Cell cell{.lines = pdf_.wrapped(column.insurer_name(), column_width_ - 2 * kPadding, bold),
                .style = bold};
      std::string product = words::product(column.product(), language_);
      if (!column.program().empty()) product += ", " + column.program();
      for (auto& line : pdf_.wrapped(product, column_width_ - 2 * kPadding, bold)) {
        cell.lines.push_back(std::move(line));
      }
      cells.push_back(std::move(cell));
    }
    draw_cells({.lines = {word("condition")}, .style = {.ink = Ink::hint}}, cells);
  }

  void draw_row(const v1::ComparisonRow& row) {
    const TextStyle plain;
    std::vector<Cell> cells;
    for (const auto& cell : row.cells()) {
      TextStyle style;
      style.bold = cell.best();
      style.ink = cell.best() ? Ink::best : Ink::text;
      if (cell.no_data()) style.ink = Ink::hint;
      cells.push_back({.lines = pdf_.wrapped(words::value(row, cell, language_),
                                             column_width_ - 2 * kPadding, style),
                       .style = style});
    }
    const std::string label = words::label(row, language_);
    draw_cells({.lines = pdf_.wrapped(label, label_width_ - kPadding, plain), .style = plain},
               cells);
  }

  // One row of the table, on a new page with the columns' heads when it does not fit.
  void draw_cells(const Cell& label, const std::vector<Cell>& cells) {
    std::size_t lines = label.lines.size();
    for (const auto& cell : cells) lines = std::max(lines, cell.lines.size());
    const float height = kLine * static_cast<float>(lines) + 2 * kPadding;
    if (y_ - height < kBottom && !on_new_page_) {
      new_page();
      on_new_page_ = true;
      draw_columns();
    }
    on_new_page_ = false;
    pdf_.line(kMargin, y_, Pdf::kWidth - kMargin, y_);
    draw_lines(kMargin, label);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      draw_lines(left_of(static_cast<int>(i)) + kPadding, cells[i]);
    }
    y_ -= height;
    pdf_.line(kMargin, y_, Pdf::kWidth - kMargin, y_);
  }

  void draw_lines(float x, const Cell& cell) {
    float y = y_ - kPadding - 8;
    for (const auto& line : cell.lines) {
      pdf_.text(x, y, line, cell.style);
      y -= kLine;
    }
  }

  const v1::Offer& offer_;
  const std::string& logo_;
  v1::Language language_;
  Pdf pdf_;
  float label_width_ = 0;
  float column_width_ = 0;
  float y_ = 0;
  int page_ = 0;
  bool on_new_page_ = false;
};

}  // namespace

std::string offer_pdf(const v1::Offer& offer, const std::string& logo, v1::Language language,
                      const std::string& font_folder) {
  return Sheet(offer, logo, language, font_folder).draw();
}

std::string offer_file_name(const v1::Offer& offer, v1::Language language) {
  std::string number = offer.number();
  std::replace(number.begin(), number.end(), '/', '-');
  return words::fixed("file", language) + " " + number + ".pdf";
}

}  // namespace bordero::crm
