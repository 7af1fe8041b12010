#pragma once

#include <string>

#include "bordero/crm/v1/clients.pb.h"
#include "bordero/crm/v1/deals.pb.h"
#include "demo/invented_names.hpp"

// Believable people, companies and things that do not exist.
namespace bordero::crm {

std::string mobile_phone(Dice& dice);
std::string inn_of(Dice& dice, bool company);
std::string ogrn_of(Dice& dice);
std::string street_address(Dice& dice);
v1::Client invented_client(Dice& dice, bool company);
v1::InsuredObject invented_vehicle(Dice& dice);
v1::InsuredObject invented_vehicle(Dice& dice, const demo::Car& car);

// What a deal is about: its title, its description and objects.
struct Need {
  std::string title;
  std::string description;
  std::vector<v1::InsuredObject> objects;
};
Need invented_need(Dice& dice, const v1::Client& client);
std::string journal_note(Dice& dice);
std::string closing_reason(Dice& dice);

}  // namespace bordero::crm
