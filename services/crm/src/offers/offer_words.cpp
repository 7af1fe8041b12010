#include "services/crm/src/offers/offer_words.hpp"

#include <array>
#include <map>

#include "platform/base/money.hpp"
#include "platform/pg/param.hpp"

namespace bordero::crm::words {
namespace {

struct Words {
  const char* ru;
  const char* en;
};
const char* in(const Words& words, v1::Language language) {
  return language == v1::LANGUAGE_EN ? words.en : words.ru;
}

// One table for labels, keywords and what stands around them.
const std::map<std::string, Words>& table() {
  static const std::map<std::string, Words> all = {
      {"title", {"Сравнение предложений", "Comparison of quotes"}},
      {"client", {"Клиент", "Client"}},
      {"deal", {"Сделка", "Deal"}},
      {"objects", {"Объекты", "Insured"}},
      {"date", {"Дата", "Date"}},
      {"author", {"Подготовил", "Prepared by"}},
      {"condition", {"Показатель", "Condition"}},
      {"no_data", {"нет данных", "no data"}},
      {"best", {"Лучшее значение строки выделено.", "The best value of a row is highlighted."}},
      {"page", {"Страница", "Page"}},
      {"file", {"Предложение", "Offer"}},
      {"yes", {"да", "yes"}},
      {"no", {"нет", "no"}},
      {"up_to", {"до", "up to"}},
      {"premium", {"Премия", "Premium"}},
      {"coverage_sum", {"Страховая сумма", "Sum insured"}},
      {"deductible", {"Франшиза", "Deductible"}},
      {"valid_until", {"Действует до", "Valid until"}},
      {"terms.instalment_count", {"Число взносов", "Instalments"}},
      {"terms.repair", {"Ремонт", "Repair"}},
      {"terms.repair=dealer", {"СТОА дилера", "dealer's garage"}},
      {"terms.repair=insurer_choice", {"СТОА по выбору СК", "garage chosen by the insurer"}},
      {"terms.repair=client_choice", {"СТОА по выбору клиента", "garage chosen by the client"}},
      {"terms.repair=cash", {"деньгами", "paid in cash"}},
      {"terms.theft", {"Угон", "Theft"}},
      {"terms.theft=included", {"включён", "included"}},
      {"terms.theft=with_beacon", {"только с маяком", "only with a beacon"}},
      {"terms.theft=excluded", {"не включён", "excluded"}},
      {"terms.towing", {"Эвакуатор", "Tow truck"}},
      {"terms.towing=none", {"нет", "no"}},
      {"terms.towing=limited", {"до", "up to"}},
      {"terms.towing=unlimited", {"без лимита", "no limit"}},
      {"terms.bonus_malus", {"КБМ", "Bonus-malus"}},
      {"terms.period_months", {"Период использования, мес.", "Period of use, months"}},
      {"terms.drivers_unlimited", {"Без ограничения водителей", "Any driver"}},
      {"terms.bank", {"Банк", "Bank"}},
      {"terms.loan_balance", {"Остаток кредита", "Loan balance"}},
      {"terms.life_insured", {"Жизнь", "Life"}},
      {"terms.property_insured", {"Имущество", "Property"}},
      {"terms.title_insured", {"Титул", "Title"}},
      {"terms.liability_sum", {"Ответственность перед соседями", "Liability to neighbours"}},
      {"terms.finish_insured", {"Отделка", "Interior finish"}},
      {"terms.insured_count", {"Застрахованных", "Insured persons"}},
      {"terms.clinics", {"Клиники", "Clinics"}},
      {"terms.dentistry", {"Стоматология", "Dentistry"}},
      {"terms.sports", {"Спорт", "Sports"}},
      {"terms.territory", {"Территория", "Territory"}},
      {"terms.days", {"Дней", "Days"}},
      {"terms.activity", {"Деятельность", "Activity"}},
      {"terms.route", {"Маршрут", "Route"}},
      {"terms.transport", {"Транспорт", "Transport"}},
      {"product=osago", {"ОСАГО", "Motor liability"}},
      {"product=kasko", {"КАСКО", "Motor own damage"}},
      {"product=mortgage", {"Ипотека", "Mortgage"}},
      {"product=property", {"Имущество", "Property"}},
      {"product=dms", {"ДМС", "Medical"}},
      {"product=ns", {"НС", "Accident"}},
      {"product=travel", {"ВЗР", "Travel"}},
      {"product=liability", {"Ответственность", "Liability"}},
      {"product=cargo", {"Груз", "Cargo"}},
      {"product=other", {"Другое", "Other"}},
  };
  return all;
}

std::string find(const std::string& key, v1::Language language) {
  const auto found = table().find(key);
  return found == table().end() ? std::string() : in(found->second, language);
}

// The digits in threes: no-break spaces in Russian, commas in English.
std::string grouped(const std::string& digits, v1::Language language) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const bool gap = i > 0 && (digits.size() - i) % 3 == 0;
    if (gap) out += language == v1::LANGUAGE_EN ? "," : "\u00A0";
    out += digits[i];
  }
  return out;
}

std::string keyword(const v1::ComparisonRow& row, const v1::ComparisonCell& cell,
                    v1::Language language) {
  const std::string word = find(row.key() + "=" + cell.text(), language);
  if (cell.has_money()) return word + "\u00A0" + money(cell.money(), language);
  return word.empty() ? cell.text() : word;
}

}  // namespace

std::string fixed(const std::string& key, v1::Language language) { return find(key, language); }

std::string label(const v1::ComparisonRow& row, v1::Language language) {
  if (!row.name().empty()) return row.name();
  const std::string word = find(row.key(), language);
  return word.empty() ? row.key() : word;
}

std::string money(const common::v1::Money& money, v1::Language language) {
  const std::string text = amount_text(money.amount_minor());
  const auto point = text.find('.');
  const std::string places = text.substr(point + 1);
  const bool english = language == v1::LANGUAGE_EN;
  std::string out = grouped(text.substr(0, point), language);
  if (places != "00") out += (english ? "." : ",") + places;
  const bool rubles = money.currency() == "RUB";
  if (english) return money.currency() + "\u00A0" + out;
  return out + "\u00A0" + (rubles ? "₽" : money.currency());
}

std::string date(const std::string& iso, v1::Language language) {
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = Date::parse(iso);
  if (!day) return iso;
  if (language != v1::LANGUAGE_EN) {
    return iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4);
  }
  const std::size_t month = static_cast<std::size_t>(std::stoi(iso.substr(5, 2))) - 1;
  return iso.substr(8, 2) + "\u00A0" + kMonths[month] + "\u00A0" + iso.substr(0, 4);
}

std::string product(v1::Product product, v1::Language language) {
  return find("product=" + pg::enum_tail(v1::Product_descriptor(), product), language);
}

std::string value(const v1::ComparisonRow& row, const v1::ComparisonCell& cell,
                  v1::Language language) {
  if (cell.no_data()) return fixed("no_data", language);
  switch (row.kind()) {
    case v1::ROW_KIND_MONEY:
      if (row.key() == "deductible" && cell.money().amount_minor() == 0) {
        return fixed("no", language);
      }
      return money(cell.money(), language);
    case v1::ROW_KIND_NUMBER:
      return std::to_string(cell.number());
    case v1::ROW_KIND_FLAG:
      return fixed(cell.flag() ? "yes" : "no", language);
    case v1::ROW_KIND_KEYWORD:
      return keyword(row, cell, language);
    case v1::ROW_KIND_DATE:
      return date(cell.text(), language);
    default:
      return cell.text();
  }
}

}  // namespace bordero::crm::words
