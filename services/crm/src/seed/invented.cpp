#include "services/crm/src/seed/invented.hpp"

#include "services/crm/src/clients/check_digits.hpp"

namespace bordero::crm {
namespace {

constexpr std::array<const char*, 14> kStreets = {
    "Садовая",  "Лесная",     "Полевая",    "Заречная", "Школьная", "Берёзовая", "Солнечная",
    "Парковая", "Набережная", "Каштановая", "Озёрная",  "Вишнёвая", "Кленовая",  "Речная"};
constexpr std::array<const char*, 8> kCities = {"Москва",    "Тверь", "Калуга",   "Рязань",
                                                "Ярославль", "Тула",  "Владимир", "Смоленск"};
constexpr std::array<const char*, 7> kSegments = {
    "розница", "премиум", "автопарк", "малый бизнес", "ипотека", "корпоративный", ""};

constexpr std::string_view kPlateLetters[] = {"А", "В", "Е", "К", "М", "Н",
                                              "О", "Р", "С", "Т", "У", "Х"};

std::string latin_login(Dice& dice) {
  static constexpr std::array<const char*, 16> kWords = {
      "office", "info", "zakaz", "buh", "mail", "kontakt", "post",  "sekretar",
      "snab",   "dir",  "pismo", "dom", "alfa", "vega",    "orion", "kama"};
  return std::string(dice.pick(kWords)) + "." + dice.digits(4);
}

std::string plate_of(Dice& dice) {
  std::string plate(dice.pick(kPlateLetters));
  plate += dice.digits(3);
  plate += dice.pick(kPlateLetters);
  plate += dice.pick(kPlateLetters);
  return plate + std::to_string(dice.between(10, 99));
}

std::string vin_of(Dice& dice, const char* start) {
  static constexpr std::string_view kLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
  std::string vin = start;
  vin.push_back(kLetters[static_cast<std::size_t>(dice.below(static_cast<int>(kLetters.size())))]);
  vin.push_back(static_cast<char>('0' + dice.below(10)));
  vin += "0";
  vin.push_back(kLetters[static_cast<std::size_t>(dice.below(static_cast<int>(kLetters.size())))]);
  vin += dice.digits(7);
  vin[8] = vin_check_digit(vin);
  return vin;
}

v1::InsuredObject invented_home(Dice& dice, bool with_loan) {
  v1::InsuredObject home;
  home.set_kind(v1::OBJECT_KIND_PROPERTY);
  home.set_address(street_address(dice));
  home.set_title(home.address());
  home.set_area_m2(std::to_string(dice.between(31, 140)) + "." + std::to_string(dice.below(10)));
  home.set_year(dice.between(1962, 2025));
  if (!with_loan) return home;
  home.set_bank(dice.pick(demo::kBanks));
  home.mutable_loan_balance()->set_amount_minor(dice.between(900, 9'000) * 100'000LL);
  home.mutable_loan_balance()->set_currency("RUB");
  return home;
}

Need company_need(Dice& dice) {
  Need need;
  switch (dice.below(5)) {
    case 0: {
      v1::InsuredObject fleet;
      fleet.set_kind(v1::OBJECT_KIND_FLEET);
      const int count = dice.between(3, 8);
      for (int i = 0; i < count; ++i) *fleet.add_vehicles() = invented_vehicle(dice);
      fleet.set_title("Автопарк, " + std::to_string(count) + " машин");
      need = {"КАСКО автопарка", "Служебные машины, тягачи отдельно. Допуск: любые водители.", {}};
      need.objects.push_back(std::move(fleet));
      return need;
    }
    case 1:
      return {"ДМС сотрудников", "Штат от 40 человек, стоматология, без госпитализации.", {}};
    case 2:
      return {"Имущество склада", "Здание и товарные запасы.", {invented_home(dice, false)}};
    case 3:
      return {"Грузы, перевозки по России", "Генеральный договор, бытовая химия, тент.", {}};
    default:
      return {
          "Ответственность перед третьими лицами", "Требование арендодателя, лимит 10 млн.", {}};
  }
}

Need personal_need(Dice& dice) {
  const int kind = dice.below(10);
  if (kind < 5) {
    v1::InsuredObject car = invented_vehicle(dice);
    const std::string name = car.make() + " " + car.model();
    const bool both = kind < 2;
    return {(both        ? "КАСКО + ОСАГО "
             : kind == 2 ? "КАСКО "
                         : "ОСАГО ") +
                name,
            both ? "Просит сравнить с франшизой 30 000 и без неё." : "",
            {std::move(car)}};
  }
  if (kind < 8) {
    return {"Ипотека, " + std::string(dice.pick(demo::kBanks)),
            "Жизнь и имущество, банк меняет условия.",
            {invented_home(dice, true)}};
  }
  if (kind == 8) return {"Квартира и отделка", "", {invented_home(dice, false)}};
  return {"Путешествие, вся семья", "Две недели, спорт включить.", {}};
}

}  // namespace

std::string mobile_phone(Dice& dice) {
  const std::string code = std::to_string(dice.between(900, 999));
  const std::string rest = dice.digits(7);
  switch (dice.below(3)) {
    case 0:
      return "+7 " + code + " " + rest.substr(0, 3) + "-" + rest.substr(3, 2) + "-" +
             rest.substr(5);
    case 1:
      return "8 (" + code + ") " + rest.substr(0, 3) + "-" + rest.substr(3, 2) + "-" +
             rest.substr(5);
    default:
      return "8" + code + rest;
  }
}

std::string inn_of(Dice& dice, bool company) {
  std::string number = std::to_string(dice.between(40, 77)) + dice.digits(company ? 7 : 8);
  number.push_back(inn_check_digit(number));
  if (!company) number.push_back(inn_check_digit(number));
  return number;
}

std::string ogrn_of(Dice& dice) {
  std::string number = "1" + std::to_string(dice.between(10, 24)) + dice.digits(9);
  number.push_back(ogrn_check_digit(number));
  return number;
}

std::string street_address(Dice& dice) {
  std::string address = std::string("г. ") + dice.pick(kCities) + ", ул. " + dice.pick(kStreets);
  address += ", д. " + std::to_string(dice.between(1, 120));
  return dice.chance(70) ? address + ", кв. " + std::to_string(dice.between(1, 250)) : address;
}

v1::Client invented_client(Dice& dice, bool company) {
  v1::Client client;
  const demo::Name name = company ? demo::company_name(dice) : demo::person_name(dice);
  client.set_type(company ? v1::CLIENT_TYPE_COMPANY : v1::CLIENT_TYPE_INDIVIDUAL);
  client.set_full_name(name.full);
  client.set_short_name(name.brief);
  if (company || dice.chance(60)) client.set_tax_number(inn_of(dice, company));
  if (company) client.set_registration_number(ogrn_of(dice));
  client.set_segment(dice.pick(kSegments));
  auto& contact = *client.add_contacts();
  contact.set_name(company ? demo::person_name(dice).brief : name.brief);
  if (company) contact.set_position(dice.chance(50) ? "главный бухгалтер" : "директор");
  contact.set_phone(mobile_phone(dice));
  if (dice.chance(70)) contact.set_email(latin_login(dice) + "@pochta.example");
  contact.set_is_primary(true);
  if (dice.chance(80)) client.set_address(street_address(dice));
  return client;
}

v1::InsuredObject invented_vehicle(Dice& dice) {
  return invented_vehicle(dice, dice.pick(demo::kCars));
}

v1::InsuredObject invented_vehicle(Dice& dice, const demo::Car& car) {
  v1::InsuredObject vehicle;
  vehicle.set_kind(v1::OBJECT_KIND_VEHICLE);
  vehicle.set_make(car.make);
  vehicle.set_model(car.model);
  vehicle.set_year(dice.between(2012, 2026));
  vehicle.set_power_hp(car.power);
  vehicle.set_mileage_km(dice.between(3, 190) * 1000);
  vehicle.set_vin(vin_of(dice, car.vin_start));
  vehicle.set_plate(plate_of(dice));
  vehicle.set_title(vehicle.make() + " " + vehicle.model() + ", " + std::to_string(vehicle.year()));
  return vehicle;
}

Need invented_need(Dice& dice, const v1::Client& client) {
  return client.type() == v1::CLIENT_TYPE_COMPANY ? company_need(dice) : personal_need(dice);
}

std::string journal_note(Dice& dice) {
  static constexpr std::array<const char*, 24> kNotes = {
      "Созвонились. Ждёт предложение **до пятницы**, сравнивает с текущей страховой.",
      "Прислал фото СТС и прав обоих водителей, всё читается.",
      "Просит рассрочку на два платежа, без неё откажется.",
      "Пробег вырос: 84 000 км, сервисная книжка заполнена.",
      "Остаток по кредиту уточнил в банке, справку пришлёт вечером.",
      "Не дозвонилась, написала в мессенджер. Перезвонить завтра утром.",
      "Договорились: франшиза 30 000, агрегатная сумма не нужна.",
      "Вернулись от страховщика с вопросом по противоугонной системе.",
      "Клиент в отъезде до конца месяца, решение после возвращения.",
      "Добавить второго водителя, стаж 4 года.",
      "Осмотр назначен на четверг, 11:00, адрес прежний.",
      "Страховщик поднял тариф, ищем вариант дешевле.",
      "Получены реквизиты для договора, печать новая.",
      "Просит включить в полис жену и отца.",
      "Бухгалтерия клиента просит счёт отдельно по каждой машине.",
      "Банк принял проект полиса без замечаний.",
      "По прошлому убытку всё закрыто, выплата была в срок.",
      "Отправила сравнение трёх предложений на почту.",
      "Отделка оценена в 1,8 млн, чеки есть на половину.",
      "Список сотрудников обновился: 46 человек, двое в декрете.",
      "Клиент думает, вернуться к разговору через неделю.",
      "Скидка согласована за счёт комиссии, 5 %.",
      "Груз идёт через две недели, маршрут тот же.",
      "Напомнил про продление заранее, клиент благодарен."};
  return dice.pick(kNotes);
}

std::string closing_reason(Dice& dice) {
  static constexpr std::array<const char*, 6> kReasons = {"Клиент остался у прежнего страховщика",
                                                          "Машина продана",
                                                          "Дорого, вернётся через год",
                                                          "Кредит погашен досрочно",
                                                          "Не отвечает больше месяца",
                                                          "Оформил через банк"};
  return dice.pick(kReasons);
}

}  // namespace bordero::crm
