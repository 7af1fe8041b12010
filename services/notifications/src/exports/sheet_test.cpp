#include "services/notifications/src/exports/sheet.hpp"

#include <gtest/gtest.h>

namespace bordero::notifications {
namespace {

constexpr auto kRussian = v1::EXPORT_LANGUAGE_RU;
constexpr auto kEnglish = v1::EXPORT_LANGUAGE_EN;

std::string csv_of(const std::vector<Column>& columns, const CellRow& row,
                   v1::ExportLanguage language) {
  const auto sheet = csv_sheet(columns, language);
  sheet->add(row);
  return sheet->finish();
}

TEST(CsvText, QuotesWhatWouldEndTheCell) {
  EXPECT_EQ(csv_text("просто", ';'), "просто");
  EXPECT_EQ(csv_text("a;b", ';'), "\"a;b\"");
  EXPECT_EQ(csv_text("a;b", ','), "a;b");
  EXPECT_EQ(csv_text("ООО \"Рога\"", ';'), "\"ООО \"\"Рога\"\"\"");
  EXPECT_EQ(csv_text("две\nстроки", ';'), "\"две\nстроки\"");
}

TEST(CsvText, NoTextIsAFormula) {
  EXPECT_EQ(csv_text("=1+1", ';'), "'=1+1");
  EXPECT_EQ(csv_text("+79161234567", ';'), "'+79161234567");
  EXPECT_EQ(csv_text("-5", ';'), "'-5");
  EXPECT_EQ(csv_text("@СУММ(A1)", ';'), "'@СУММ(A1)");
  EXPECT_EQ(csv_text("\t=1", ';'), "'\t=1");
  EXPECT_EQ(csv_text("\r=1", ';'), "\"'\r=1\"");
  EXPECT_EQ(csv_text("\n=1", ';'), "\"'\n=1\"");
}

TEST(CsvText, OneApostropheIsTakenAwayToReadItBack) {
  EXPECT_EQ(csv_text("'=1", ';'), "''=1");
  EXPECT_EQ(csv_text("'тише", ';'), "'тише");
  EXPECT_EQ(csv_text("a=1", ';'), "a=1");
}

TEST(CsvSheet, SpeaksTheTongueOfItsReader) {
  const std::vector<Column> columns = {{.title = "Премия", .type = ColumnType::money},
                                       {.title = "Ставка", .type = ColumnType::number},
                                       {.title = "До", .type = ColumnType::date}};
  const CellRow row = {Amount{-8425050}, Decimal{"18.5"}, *Date::parse("2026-11-23"), "RUB"};

  EXPECT_EQ(csv_of(columns, row, kRussian),
            "\xEF\xBB\xBFПремия;Ставка;До;Валюта\r\n-84250,50;18,5;2026-11-23;RUB\r\n");
  EXPECT_EQ(csv_of(columns, row, kEnglish),
            "\xEF\xBB\xBFПремия,Ставка,До,Currency\r\n-84250.50,18.5,2026-11-23,RUB\r\n");
}

TEST(CsvSheet, EmptyCellsAndMomentsAndHeadsThatLookLikeFormulas) {
  const std::vector<Column> columns = {{.title = "=A1"}, {.title = "b"}, {.title = "c"}};
  const CellRow row = {Cell{}, std::int64_t{7}, Moment{*Date::parse("2026-11-23"), 36930}};

  EXPECT_EQ(csv_of(columns, row, kRussian), "\xEF\xBB\xBF'=A1;b;c\r\n;7;2026-11-23 10:15:30\r\n");
}

TEST(XlsxSheet, IsAZipThatEndsWhole) {
  const auto sheet = xlsx_sheet({{.title = "Название"}}, kRussian);
  sheet->add({std::string("=1+1")});
  sheet->add({std::string(40'000, 'x')});

  const std::string file = sheet->finish();

  EXPECT_EQ(file.substr(0, 4), "PK\x03\x04");
  EXPECT_NE(file.find("PK\x05\x06"), std::string::npos);
  EXPECT_EQ(file.find("=1+1"), std::string::npos) << "packed";
}

}  // namespace
}  // namespace bordero::notifications
