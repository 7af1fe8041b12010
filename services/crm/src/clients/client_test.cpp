#include "services/crm/src/clients/client.hpp"

#include <gtest/gtest.h>

#include "platform/base/clock.hpp"
#include "services/crm/src/clients/check_digits.hpp"
#include "services/crm/src/clients/client_view.hpp"
#include "services/crm/src/clients/phone.hpp"

namespace bordero::crm {
namespace {

TEST(Phone, RussianNumbersInAnyNotation) {
  for (const char* typed : {"8 (916) 123-45-67", "+7 916 123 45 67", "9161234567", "79161234567",
                            "8-916-123-45-67 доб. 12", "+7(916)1234567 ext 3", "+8 916 123-45-67",
                            "0079161234567", "8 916 1234567, вн. 104", "тел. 8(916)123-45-67"}) {
    EXPECT_EQ(phone_e164(typed), "+79161234567") << typed;
  }
}

TEST(Phone, ForeignNumbersNeedTheirCountry) {
  EXPECT_EQ(phone_e164("+44 20 7946 0958"), "+442079460958");
  EXPECT_EQ(phone_e164("00 375 29 123-45-67"), "+375291234567");
  EXPECT_EQ(phone_e164("2079460958"), "");
}

TEST(Phone, WhatIsNoNumberHasNoForm) {
  for (const char* typed : {"", "нет", "123", "+7 916 123", "+0 123 456 789", "+1234567890123456",
                            "8 916 123 45 678"}) {
    EXPECT_EQ(phone_e164(typed), "") << typed;
  }
}

TEST(CheckDigits, Inn) {
  EXPECT_TRUE(looks_like_inn("7707083893"));
  EXPECT_TRUE(looks_like_inn("500100732259"));
  EXPECT_FALSE(looks_like_inn("7707083892"));
  EXPECT_FALSE(looks_like_inn("500100732258"));
  EXPECT_FALSE(looks_like_inn("77070838"));
  EXPECT_FALSE(looks_like_inn("77070838A3"));
}

TEST(CheckDigits, Ogrn) {
  EXPECT_TRUE(looks_like_ogrn("1027700132195"));
  EXPECT_TRUE(looks_like_ogrn("304500116000157"));
  EXPECT_FALSE(looks_like_ogrn("1027700132194"));
  EXPECT_FALSE(looks_like_ogrn("10277001321"));
}

TEST(CheckDigits, Vin) {
  EXPECT_TRUE(looks_like_vin("1M8GDM9AXKP042788"));
  EXPECT_TRUE(looks_like_vin("1m8gdm9axkp042788"));
  EXPECT_FALSE(looks_like_vin("1M8GDM9A1KP042788"));
  EXPECT_FALSE(looks_like_vin("1M8GDM9AXKP04278"));
  EXPECT_FALSE(looks_like_vin("IM8GDM9AXKP042788"));
}

TEST(ClientStatus, OnlyInactiveIsSetByHand) {
  constexpr auto kPotential = v1::CLIENT_STATUS_POTENTIAL;
  constexpr auto kActive = v1::CLIENT_STATUS_ACTIVE;
  constexpr auto kInactive = v1::CLIENT_STATUS_INACTIVE;

  EXPECT_TRUE(may_set_status({.status = kPotential}, kInactive).ok());
  EXPECT_TRUE(may_set_status({.status = kActive}, kInactive).ok());
  EXPECT_TRUE(may_set_status({.status = kInactive}, kPotential).ok());
  EXPECT_EQ(may_set_status({.status = kPotential}, kActive).error().reason,
            "client_active_is_automatic");
  EXPECT_EQ(may_set_status({.status = kActive}, kPotential).error().reason,
            "client_status_not_allowed");
}

TEST(ClientOwner, OnlyAdminsNameAnother) {
  const Caller agent{.user_id = "a", .role = Role::agent};
  const Caller admin{.user_id = "m", .role = Role::admin};

  EXPECT_EQ(*owner_of_new(agent, ""), "a");
  EXPECT_EQ(*owner_of_new(agent, "a"), "a");
  EXPECT_EQ(owner_of_new(agent, "b").error().fields[0].code, "admins_only");
  EXPECT_EQ(*owner_of_new(admin, "b"), "b");
}

TEST(NameLikeness, IgnoresOrderCaseAndForms) {
  EXPECT_DOUBLE_EQ(name_likeness("Семёнов Пётр", "петр СЕМЕНОВ"), 1.0);
  EXPECT_DOUBLE_EQ(name_likeness("ООО «Речной порт»", "Речной порт"), 1.0);
  EXPECT_GE(name_likeness("Воробьёв Иван Петрович", "Воробьев Иван Петровичь"), kAlike);
  EXPECT_LT(name_likeness("Воробьёв Иван", "Орехов Глеб"), kAlike);
  EXPECT_DOUBLE_EQ(name_likeness("", ""), 0);
}

TEST(CompleteClient, DerivesPhonesAndShortName) {
  v1::Client client;
  client.set_type(v1::CLIENT_TYPE_INDIVIDUAL);
  client.set_full_name("Орехов Глеб");
  client.add_contacts()->set_phone("8 916 123-45-67");

  EXPECT_TRUE(complete_client(client).ok());

  EXPECT_EQ(client.short_name(), "Орехов Глеб");
  EXPECT_EQ(client.contacts(0).phone_e164(), "+79161234567");
}

TEST(CompleteClient, RefusesABirthToCome) {
  v1::Client client;
  client.set_type(v1::CLIENT_TYPE_INDIVIDUAL);
  client.set_full_name("Орехов Глеб");
  client.set_birth_date(clock::today().str());
  EXPECT_TRUE(complete_client(client).ok());

  client.set_birth_date(clock::today().plus_days(1).str());
  EXPECT_EQ(complete_client(client).error().fields[0].code, "not_born");
}

TEST(CompleteClient, RefusesTwoPrimaryContactsAndACompanysBirthday) {
  v1::Client client;
  client.set_type(v1::CLIENT_TYPE_COMPANY);
  client.set_full_name("ООО «Мост»");
  client.set_birth_date("1990-01-01");
  EXPECT_EQ(complete_client(client).error().fields[0].code, "individuals_only");

  client.clear_birth_date();
  client.add_contacts()->set_is_primary(true);
  client.add_contacts()->set_is_primary(true);
  EXPECT_EQ(complete_client(client).error().fields[0].code, "one_primary_contact");
}

}  // namespace
}  // namespace bordero::crm
