#include "services/tasks/src/parse/task_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

#include "services/tasks/src/parse/date_words.hpp"

namespace bordero::tasks {
namespace {

using ::testing::ElementsAre;

// A Monday, at noon.
const Date kToday = *Date::parse("2026-11-23");
constexpr int kNoon = 12 * 60;

std::string shown(const TaskLine& line) {
  std::string text = line.date ? line.date->str() : "-";
  if (line.minutes) {
    char time[16];
    std::snprintf(time, sizeof time, " %02d:%02d", *line.minutes / 60, *line.minutes % 60);
    text += time;
  }
  text += " |" + line.subject + "|";
  if (!line.mention.empty()) text += " @" + line.mention;
  if (!line.deal_number.empty()) text += " #" + line.deal_number;
  if (line.priority == v1::TASK_PRIORITY_HIGH) text += " high";
  if (line.priority == v1::TASK_PRIORITY_LOW) text += " low";
  if (line.recurrence) text += " " + v1::RecurrenceEvery_Name(line.recurrence->every()).substr(17);
  for (const auto& problem : line.problems) text += std::string(" ?") + problem.code;
  return text;
}
std::string read(std::string_view line) { return shown(parse_task_line(line, kToday, kNoon)); }

struct Case {
  const char* typed;
  const char* read;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.typed; }

class ParseTaskLine : public ::testing::TestWithParam<Case> {};

TEST_P(ParseTaskLine, ReadsAsMeant) { EXPECT_EQ(read(GetParam().typed), GetParam().read); }

INSTANTIATE_TEST_SUITE_P(
    Russian, ParseTaskLine,
    ::testing::Values(
        Case{"завтра 15:00 @ирина рассчитать КАСКО", "2026-11-24 15:00 |рассчитать КАСКО| @ирина"},
        Case{"рассчитать КАСКО завтра в 15:00", "2026-11-24 15:00 |рассчитать КАСКО|"},
        Case{"Позвонить Смирнову", "- |Позвонить Смирнову|"},
        Case{"сегодня позвонить", "2026-11-23 |позвонить|"},
        Case{"Послезавтра, позвонить", "2026-11-25 |позвонить|"},
        Case{"позвонить в пятницу", "2026-11-27 |позвонить|"},
        Case{"позвонить во вторник в 9", "2026-11-24 09:00 |позвонить|"},
        Case{"к среде собрать документы", "2026-11-25 |собрать документы|"},
        Case{"до четверга собрать", "2026-11-26 |собрать|"},
        Case{"в следующую пятницу отчёт", "2026-12-04 |отчёт|"},
        Case{"следующий понедельник отчёт", "2026-11-30 |отчёт|"},
        Case{"пт сверка", "2026-11-27 |сверка|"}, Case{"вс дежурство", "2026-11-29 |дежурство|"},
        Case{"в понедельник отчёт", "2026-11-23 |отчёт| ?date_ambiguous"},
        Case{"в этот понедельник отчёт", "2026-11-23 |отчёт|"},
        Case{"27.11 оплата", "2026-11-27 |оплата|"}, Case{"до 27.11 оплата", "2026-11-27 |оплата|"},
        Case{"22.11 оплата", "2027-11-22 |оплата|"}, Case{"23.11 оплата", "2026-11-23 |оплата|"},
        Case{"1.12 оплата", "2026-12-01 |оплата|"},
        Case{"27.11.2027 оплата", "2027-11-27 |оплата|"},
        Case{"27.11.27 оплата", "2027-11-27 |оплата|"},
        Case{"31.02 оплата", "- |оплата| ?no_such_date"},
        Case{"29.02 оплата", "2028-02-29 |оплата|"},
        Case{"скидка 5.3 процента", "- |скидка 5.3 процента|"},
        Case{"2026-12-05 сверка", "2026-12-05 |сверка|"},
        Case{"2026-13-05 сверка", "- |сверка| ?no_such_date"},
        Case{"27 ноября оплата", "2026-11-27 |оплата|"},
        Case{"1 января 2028 оплата", "2028-01-01 |оплата|"},
        Case{"5 мая оплата", "2027-05-05 |оплата|"}, Case{"мая ждут 5", "- |мая ждут 5|"},
        Case{"+3д напомнить", "2026-11-26 |напомнить|"},
        Case{"+3 дня напомнить", "2026-11-26 |напомнить|"},
        Case{"+3 напомнить", "2026-11-26 |напомнить|"},
        Case{"+2н напомнить", "2026-12-07 |напомнить|"},
        Case{"+1м напомнить", "2026-12-23 |напомнить|"},
        Case{"+1 год напомнить", "2027-11-23 |напомнить|"},
        Case{"через полгода напомнить", "2027-05-23 |напомнить|"},
        Case{"1 января 2028 г. оплата", "2028-01-01 |оплата|"},
        Case{"+999 лет напомнить", "- |напомнить| ?no_such_date"},
        Case{"через 10 дней напомнить", "2026-12-03 |напомнить|"},
        Case{"через неделю напомнить", "2026-11-30 |напомнить|"},
        Case{"через месяц напомнить", "2026-12-23 |напомнить|"},
        Case{"пройти через проходную", "- |пройти через проходную|"},
        Case{"добавить +7 к цене", "2026-11-30 |добавить к цене|"},
        Case{"15:00 созвон", "2026-11-23 15:00 |созвон|"},
        Case{"9:30 созвон", "2026-11-24 09:30 |созвон|"},
        Case{"12:00 созвон", "2026-11-24 12:00 |созвон|"},
        Case{"в 15 созвон", "2026-11-23 15:00 |созвон|"},
        Case{"в 15 часов созвон", "2026-11-23 15:00 |созвон|"},
        Case{"15ч созвон", "2026-11-23 15:00 |созвон|"},
        Case{"25:00 созвон", "- |созвон| ?no_such_time"},
        Case{"12:75 созвон", "- |созвон| ?no_such_time"},
        Case{"взять в 45 офисе", "- |взять в 45 офисе|"}, Case{"счёт 1:2000", "- |счёт 1:2000|"},
        Case{"!важно завтра оплата", "2026-11-24 |оплата| high"},
        Case{"!срочно оплата", "- |оплата| high"}, Case{"оплата !низкий", "- |оплата| low"},
        Case{"ура! оплата", "- |ура! оплата|"},
        Case{"#2026-000147 оплата", "- |оплата| #2026-000147"},
        Case{"оплата #147", "- |оплата| #147"}, Case{"оплата #счёт", "- |оплата #счёт|"},
        Case{"@Ирина.Соколова оплата", "- |оплата| @ирина.соколова"},
        Case{"почта a@b.ru", "- |почта a@b.ru|"},
        Case{"@ирина @олег оплата", "- |оплата| @ирина ?two_assignees"},
        Case{"#147 #148 оплата", "- |оплата| #147 ?two_deals"},
        Case{"завтра 27.11 оплата", "2026-11-24 |оплата| ?two_dates"},
        Case{"15:00 16:00 оплата", "2026-11-23 15:00 |оплата| ?two_times"},
        Case{"завтра @ирина", "2026-11-24 || @ирина ?subject_missing"},
        Case{"", "- || ?subject_missing"}, Case{"ежедневно сверка", "2026-11-23 |сверка| DAILY"},
        Case{"каждую неделю сверка", "2026-11-23 |сверка| WEEKLY"},
        Case{"каждую пятницу сверка", "2026-11-27 |сверка| WEEKLY"},
        Case{"каждый понедельник сверка", "2026-11-23 |сверка| WEEKLY"},
        Case{"каждый месяц 1.12 сверка", "2026-12-01 |сверка| MONTHLY"},
        Case{"каждый клиент важен", "- |каждый клиент важен|"}));

INSTANTIATE_TEST_SUITE_P(
    English, ParseTaskLine,
    ::testing::Values(
        Case{"tomorrow 3pm @irina quote the car", "2026-11-24 15:00 |quote the car| @irina"},
        Case{"tomorrow at 3:30 pm call", "2026-11-24 15:30 |call|"},
        Case{"call today at 5pm", "2026-11-23 17:00 |call|"},
        Case{"call at 9", "2026-11-24 09:00 |call|"}, Case{"12am call", "2026-11-24 00:00 |call|"},
        Case{"13pm call", "- |call| ?no_such_time"},
        Case{"day after tomorrow call", "2026-11-25 |call|"},
        Case{"by friday call", "2026-11-27 |call|"}, Case{"next friday call", "2026-12-04 |call|"},
        Case{"on wed call", "2026-11-25 |call|"},
        Case{"monday call", "2026-11-23 |call| ?date_ambiguous"},
        Case{"nov 27 call", "2026-11-27 |call|"}, Case{"27 november call", "2026-11-27 |call|"},
        Case{"in 3 days call", "2026-11-26 |call|"}, Case{"in a week call", "2026-11-30 |call|"},
        Case{"in 2 weeks call", "2026-12-07 |call|"}, Case{"+3d call", "2026-11-26 |call|"},
        Case{"call in person", "- |call in person|"}, Case{"!urgent call", "- |call| high"},
        Case{"weekly report", "2026-11-23 |report| WEEKLY"},
        Case{"every monday report", "2026-11-23 |report| WEEKLY"},
        Case{"every month report", "2026-11-23 |report| MONTHLY"}));

TEST(TaskLine, PiecesStandWhereBrowsersCount) {
  const auto line = parse_task_line("🚗 завтра в 15:00 рассчитать", kToday, kNoon);

  ASSERT_EQ(line.pieces.size(), 2u);
  EXPECT_EQ(std::string(line.pieces[0].kind), "date");
  EXPECT_EQ(line.pieces[0].from, 3);
  EXPECT_EQ(line.pieces[0].to, 9);
  EXPECT_EQ(std::string(line.pieces[1].kind), "time");
  EXPECT_EQ(line.pieces[1].from, 10);
  EXPECT_EQ(line.pieces[1].to, 17);
  EXPECT_EQ(line.subject, "🚗 рассчитать");
}

TEST(TaskLine, AmbiguousDayNamesBothDays) {
  const auto line = parse_task_line("в понедельник отчёт", kToday, kNoon);

  ASSERT_EQ(line.problems.size(), 1u);
  EXPECT_EQ(line.problems[0].text, "в понедельник");
  EXPECT_THAT(line.problems[0].dates, ElementsAre(kToday, kToday.plus_days(7)));
}

struct TypedDay {
  const char* today;
  const char* typed;
  const char* days;
};
const TypedDay kTypedDays[] = {
#include "services/tasks/src/parse/typed_days.inc"
};

TEST(TypedDays, AreReadAsFieldsOfFormsReadThem) {
  for (const auto& [today, typed, days] : kTypedDays) {
    const LineWords words = words_of(typed);
    const std::size_t at = is_preposition(word_at(words, 0)) ? 1 : 0;
    const auto read = read_date(words, at, *Date::parse(today));
    ASSERT_TRUE(read) << typed;
    EXPECT_EQ(read->words + at, words.size()) << typed;
    std::ostringstream found;
    for (const Date& date : read->dates) found << (found.tellp() > 0 ? " " : "") << date.str();
    EXPECT_EQ(found.str(), days) << typed << " on " << today;
  }
}

}  // namespace
}  // namespace bordero::tasks
