#include "services/crm/src/clients/coverage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bordero::crm {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::InsuredObject car(const std::string& title, const std::string& vin = "",
                      const std::string& plate = "") {
  v1::InsuredObject object;
  object.set_kind(v1::OBJECT_KIND_VEHICLE);
  object.set_title(title);
  object.set_vin(vin);
  object.set_plate(plate);
  return object;
}
Cover cover(v1::Product product, std::vector<v1::InsuredObject> objects = {}) {
  return {.policy_id = "p" + std::to_string(product),
          .deal_id = "d",
          .product = product,
          .objects = std::move(objects)};
}
std::vector<std::string> told(const std::vector<Cover>& covers) {
  std::vector<std::string> gaps;
  for (const auto& gap : coverage_gaps(covers)) {
    gaps.push_back(v1::Product_Name(gap.missing()).substr(8) + " " + gap.object());
  }
  return gaps;
}

TEST(CoverageGaps, MotorDamageWantsLiabilityForEachVehicle) {
  const auto mazda = car("Mazda CX-5", "JMZKEN91800123456");
  const auto kia = car("Kia Rio", "", "А123ВС77");

  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {mazda, kia})}),
              ElementsAre("OSAGO Mazda CX-5", "OSAGO Kia Rio"));
  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {mazda, kia}), cover(v1::PRODUCT_OSAGO, {kia})}),
              ElementsAre("OSAGO Mazda CX-5"));
}

TEST(CoverageGaps, TheSameCarIsKnownByItsVinHoweverItIsWritten) {
  const auto written = car("Мазда", "jmz ken 918 0012 3456");

  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {car("Mazda CX-5", "JMZKEN91800123456")}),
                    cover(v1::PRODUCT_OSAGO, {written})}),
              IsEmpty());
}

TEST(CoverageGaps, AFleetIsItsVehiclesAndAPolicyWithoutObjectsIsAboutAll) {
  v1::InsuredObject fleet;
  fleet.set_kind(v1::OBJECT_KIND_FLEET);
  *fleet.add_vehicles() = car("ГАЗель 1", "", "А001АА77");
  *fleet.add_vehicles() = car("ГАЗель 2", "", "А002АА77");

  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {fleet})}),
              ElementsAre("OSAGO ГАЗель 1", "OSAGO ГАЗель 2"));
  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {fleet}), cover(v1::PRODUCT_OSAGO)}), IsEmpty());
  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO)}), ElementsAre("OSAGO "));
}

TEST(CoverageGaps, AMortgageWantsLifeAndPropertyLiability) {
  EXPECT_THAT(told({cover(v1::PRODUCT_MORTGAGE), cover(v1::PRODUCT_PROPERTY)}),
              ElementsAre("NS ", "LIABILITY "));
  EXPECT_THAT(told({cover(v1::PRODUCT_MORTGAGE), cover(v1::PRODUCT_NS)}), IsEmpty());
  EXPECT_THAT(told({cover(v1::PRODUCT_OSAGO), cover(v1::PRODUCT_TRAVEL)}), IsEmpty());
}

TEST(CoverageGaps, WhatTheCallerDoesNotSeeCoversButIsNotTold) {
  const auto mazda = car("Mazda CX-5", "JMZKEN91800123456");
  Cover hidden = cover(v1::PRODUCT_KASKO, {mazda});
  hidden.visible = false;
  EXPECT_THAT(told({hidden}), IsEmpty());

  Cover liability = cover(v1::PRODUCT_OSAGO, {mazda});
  liability.visible = false;
  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {mazda}), liability}), IsEmpty());
}

TEST(CoverageGaps, TwoPoliciesOfOneCarMakeOneGap) {
  const auto mazda = car("Mazda CX-5", "JMZKEN91800123456");

  EXPECT_THAT(told({cover(v1::PRODUCT_KASKO, {mazda}), cover(v1::PRODUCT_KASKO, {mazda})}),
              ElementsAre("OSAGO Mazda CX-5"));
}

}  // namespace
}  // namespace bordero::crm
