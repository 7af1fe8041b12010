#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "platform/base/context.hpp"

// The invented people of the demo agency. Their ids are fixed, so that every service's demo data
// speak of the same persons without asking each other.
namespace bordero::demo {

struct Person {
  std::string_view id;
  std::string_view full_name;
  std::string_view email;
  Role role;
};

inline constexpr std::array kPeople = {
    Person{"01988c00-0000-7000-8000-000000000001", "Анна Северцева",
           "anna.severtseva@meridian.example", Role::admin},
    Person{"01988c00-0000-7000-8000-000000000002", "Виктор Ладогин",
           "viktor.ladogin@meridian.example", Role::head},
    Person{"01988c00-0000-7000-8000-000000000003", "Ольга Рябинина",
           "olga.ryabinina@meridian.example", Role::finance},
    Person{"01988c00-0000-7000-8000-000000000004", "Павел Журавский",
           "pavel.zhuravsky@meridian.example", Role::finance},
    Person{"01988c00-0000-7000-8000-000000000005", "Дарья Колосова",
           "darya.kolosova@meridian.example", Role::executor},
    Person{"01988c00-0000-7000-8000-000000000006", "Игорь Самойленко",
           "igor.samoylenko@meridian.example", Role::executor},
    Person{"01988c00-0000-7000-8000-000000000007", "Наталья Вербицкая",
           "natalya.verbitskaya@meridian.example", Role::executor},
    Person{"01988c00-0000-7000-8000-000000000008", "Марина Котова",
           "marina.kotova@meridian.example", Role::agent},
    Person{"01988c00-0000-7000-8000-000000000009", "Сергей Беляков",
           "sergey.belyakov@meridian.example", Role::agent},
    Person{"01988c00-0000-7000-8000-00000000000a", "Тимур Алиханов",
           "timur.alikhanov@meridian.example", Role::agent},
    Person{"01988c00-0000-7000-8000-00000000000b", "Екатерина Пшеничная",
           "ekaterina.pshenichnaya@meridian.example", Role::agent},
};

// The large set has this many more agents, numbered from 0.
inline constexpr int kExtraAgents = 1'000;

inline std::string extra_agent_id(int number) {
  char id[37];
  std::snprintf(id, sizeof id, "01988c00-0001-7000-8000-%012x", static_cast<unsigned>(number));
  return id;
}

inline std::string extra_agent_email(int number) {
  return "agent" + std::to_string(number + 1) + "@meridian.example";
}

// Twenty given names and fifty family names make a thousand different people.
inline std::string extra_agent_name(int number) {
  static constexpr std::array<const char*, 20> kGiven = {
      "Алексей", "Борис",  "Вадим", "Глеб", "Денис", "Евгений", "Захар", "Иван",  "Кирилл", "Лев",
      "Макар",   "Никита", "Олег",  "Пётр", "Роман", "Степан",  "Тихон", "Фёдор", "Эдуард", "Юрий"};
  static constexpr std::array<const char*, 50> kFamily = {
      "Абросимов", "Баженов",  "Вавилов",  "Гаврилин", "Дроздов",   "Елагин",  "Жарков",
      "Зимин",     "Ивлев",    "Калинин",  "Лаптев",   "Мельников", "Назаров", "Овчинников",
      "Панфилов",  "Рожков",   "Савельев", "Титов",    "Уваров",    "Филатов", "Харитонов",
      "Цветков",   "Чернов",   "Шаров",    "Щеглов",   "Юдин",      "Яковлев", "Архипов",
      "Бирюков",   "Вешняков", "Горшков",  "Демидов",  "Ершов",     "Жилин",   "Зорин",
      "Исаев",     "Кузьмин",  "Логинов",  "Маслов",   "Нестеров",  "Осипов",  "Поляков",
      "Родионов",  "Сазонов",  "Тарасов",  "Устинов",  "Фомин",     "Хохлов",  "Шубин",
      "Якушев"};
  return std::string(kGiven[number % 20]) + " " + kFamily[number / 20 % 50];
}

}  // namespace bordero::demo
