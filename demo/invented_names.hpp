#pragma once

#include <array>
#include <string>

#include "demo/dice.hpp"

// Believable people, companies and things that do not exist, for everybody who makes up data.
namespace bordero::demo {

struct Name {
  std::string full;
  std::string brief;
};
Name person_name(Dice& dice);
Name company_name(Dice& dice);

struct Car {
  const char* make;
  const char* model;
  const char* vin_start;
  int power;
};
inline constexpr std::array kCars = {
    Car{"Lada", "Vesta", "XTAGFL", 106},        Car{"Kia", "Rio", "Z94C24", 123},
    Car{"Hyundai", "Creta", "Z94G28", 149},     Car{"Skoda", "Octavia", "XW8AC2", 150},
    Car{"Mazda", "CX-5", "RUMKEW", 194},        Car{"Toyota", "Camry", "XW7BF4", 181},
    Car{"Geely", "Monjaro", "Y4K889", 238},     Car{"Chery", "Tiggo 7", "LVVDB2", 147},
    Car{"Haval", "Jolion", "XZGFF0", 143},      Car{"GAZ", "GAZelle Next", "X96A21", 150},
    Car{"Volkswagen", "Tiguan", "XW8ZZZ", 180}, Car{"Renault", "Duster", "X7LHSR", 143}};

inline constexpr std::array<const char*, 8> kBanks = {
    "Банк «Причал»", "Банк «Согласие-2»", "Волга-банк",     "Ипотечный дом",
    "Банк «Опора»",  "Городской кредит",  "Банк «Столица»", "Северный банк"};

}  // namespace bordero::demo
