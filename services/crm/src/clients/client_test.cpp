#include "services/crm/src/clients/client.hpp"

#include <gtest/gtest.h>

#include <functional>

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

TEST(NameLikeness, KnowsWhatIsLeftOutSlipsAndFormsInFull) {
  const std::pair<const char*, const char*> alike[] = {
      {"Заворотнюк Анна Сергеевна", "Заворотнюк Анна"},
      {"Заворотнюк Анна", "Завортнюк Анна"},
      {"Заворотнюк Анна Сергеевна", "Заворотнюк Ана Сергеевна"},
      {"Заворотнюк Анна Сергеевна", "Заовротнюк Анна"},
      {"Общество с ограниченной ответственностью «Ветер»", "ООО Ветер"},
      {"OOO Ветер", "ООО «Ветер»"},
      {"Индивидуальный предприниматель Орехов Глеб", "ИП Орехов Глеб"},
  };
  for (const auto& [one, other] : alike) EXPECT_GE(name_likeness(one, other), kAlike) << other;
  const std::pair<const char*, const char*> others[] = {
      {"Анна", "Заворотнюк Анна"},
      {"Заворотнюк Анна", "Заворотнюк Игорь"},
      {"Ким Анна", "Лим Анна"},
      {"ООО «Ветер»", "ООО «Север»"},
  };
  for (const auto& [one, other] : others) EXPECT_LT(name_likeness(one, other), kAlike) << other;
  EXPECT_GE(name_likeness("ООО", "ООО"), kAlike) << "a name of nothing but a form";
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

TEST(CompleteClient, RefusesDatesThatCannotBe) {
  const auto code = [](const std::function<void(v1::Client&)>& change) {
    v1::Client client;
    client.set_type(v1::CLIENT_TYPE_INDIVIDUAL);
    client.set_full_name("Орехов Глеб");
    change(client);
    const auto done = complete_client(client);
    return done ? "" : done.error().fields[0].field + " " + done.error().fields[0].code;
  };
  const std::string today = clock::today().str();
  const std::string tomorrow = clock::today().plus_days(1).str();
  EXPECT_EQ(code([&](auto& c) { c.mutable_consent()->set_given_on(tomorrow); }),
            "consent.given_on in_the_future");
  EXPECT_EQ(code([&](auto& c) {
              c.mutable_consent()->set_given_on(today);
              c.mutable_consent()->set_withdrawn_on("2020-01-01");
            }),
            "consent.withdrawn_on before_given_on");
  EXPECT_EQ(code([&](auto& c) { c.mutable_consent()->set_withdrawn_on(today); }),
            "consent.given_on required");
  EXPECT_EQ(code([&](auto& c) {
              c.mutable_consent()->set_given_on(today);
              c.mutable_consent()->set_withdrawn_on(today);
            }),
            "");
}

TEST(CompleteClient, ANameThatNobodySeesIsNone) {
  for (const char* name : {" ", "\u00a0", "\u200b", "\u202e\u2066", "\u3164", "\u2800"}) {
    v1::Client client;
    client.set_full_name(name);
    EXPECT_EQ(complete_client(client).error().fields[0].code, "required");
  }
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
