#pragma once

#include <array>

namespace bordero::demo {

// What is sold: its usual insurers (numbers of the demo agency's list), yearly premium in rubles,
// coverage a hundred times, and in how many instalments it is paid.
struct Line {
  const char* product;
  const char* code;
  std::array<int, 3> insurers;
  int premium_low;
  int premium_high;
  int coverage_times;
  std::array<int, 3> instalments;
  const char* rate;
};
inline constexpr std::array kLines = {
    Line{"osago", "ОСГ", {1, 2, 4}, 5'200, 17'800, 60, {1, 1, 1}, ""},
    Line{"kasko", "КСК", {1, 2, 3}, 48'000, 164'000, 25, {1, 2, 4}, "18.5"},
    Line{"mortgage", "ИПТ", {2, 5, 9}, 18'000, 62'000, 150, {1, 1, 1}, "32"},
    Line{"property", "ИМЩ", {1, 5, 9}, 9'500, 88'000, 200, {1, 1, 2}, "25"},
    Line{"dms", "ДМС", {3, 7, 8}, 320'000, 1'480'000, 8, {4, 2, 4}, "12"},
    Line{"ns", "НС", {2, 4, 8}, 3'200, 14'500, 90, {1, 1, 1}, ""},
    Line{"travel", "ВЗР", {1, 4, 10}, 2'100, 21'000, 140, {1, 1, 1}, "30"},
    Line{"liability", "ОТВ", {3, 5, 6}, 24'000, 140'000, 180, {1, 2, 1}, "20"},
    Line{"cargo", "ГРЗ", {3, 6, 6}, 65'000, 410'000, 120, {4, 2, 1}, "15"},
};
inline constexpr std::array<const char*, 10> kInsurerNames = {
    "Северная гарантия", "Волга-Полис", "Меридиан-Щит", "Ясный день", "Опора-Гарант",
    "Каравелла",         "Три реки",    "Медлайн Плюс", "Домовой",    "Попутный ветер"};

}  // namespace bordero::demo
