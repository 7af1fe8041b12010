#include "services/crm/src/clients/coverage.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "platform/search/folding.hpp"

namespace bordero::crm {
namespace {

struct Want {
  v1::Product product;
  v1::Product beside;
  bool by_object;  // Each insured object wants its own.
};
constexpr std::array kWants = {
    Want{v1::PRODUCT_KASKO, v1::PRODUCT_OSAGO, true},
    Want{v1::PRODUCT_MORTGAGE, v1::PRODUCT_NS, false},
    Want{v1::PRODUCT_PROPERTY, v1::PRODUCT_LIABILITY, false},
    Want{v1::PRODUCT_CARGO, v1::PRODUCT_LIABILITY, false},
};

struct Named {
  std::string key;
  std::string title;
};

// The same vehicle is written in different ways; its VIN says it best, then its plate.
std::string key_of(const v1::InsuredObject& object) {
  if (!object.vin().empty()) return search::code_of(object.vin());
  if (!object.plate().empty()) return search::code_of(object.plate());
  return object.title();
}

std::vector<Named> objects_of(const Cover& cover) {
  std::vector<Named> named;
  for (const auto& object : cover.objects) {
    for (const auto& vehicle : object.vehicles())
      named.push_back({key_of(vehicle), vehicle.title()});
    if (object.vehicles().empty()) named.push_back({key_of(object), object.title()});
  }
  return named;
}

// Whether some policy of the product is about the object; one without objects is about all.
bool is_covered(const std::vector<Cover>& covers, v1::Product product, const std::string& key) {
  return std::any_of(covers.begin(), covers.end(), [&](const Cover& cover) {
    if (cover.product != product) return false;
    const auto objects = objects_of(cover);
    return key.empty() || objects.empty() ||
           std::any_of(objects.begin(), objects.end(),
                       [&](const Named& object) { return object.key == key; });
  });
}

}  // namespace

std::vector<v1::CoverageGap> coverage_gaps(const std::vector<Cover>& covers) {
  std::vector<v1::CoverageGap> gaps;
  std::set<std::string> told;  // Two policies of one car make one gap.
  const auto tell = [&](const Cover& cover, const Want& want, const Named& object) {
    if (is_covered(covers, want.beside, object.key)) return;
    if (!told.insert(std::to_string(want.beside) + " " + object.key).second) return;
    auto& gap = gaps.emplace_back();
    gap.set_policy_id(cover.policy_id);
    gap.set_deal_id(cover.deal_id);
    gap.set_product(cover.product);
    gap.set_missing(want.beside);
    gap.set_object(object.title);
  };
  for (const Want& want : kWants) {
    for (const Cover& cover : covers) {
      if (!cover.visible || cover.product != want.product) continue;
      auto objects = want.by_object ? objects_of(cover) : std::vector<Named>();
      if (objects.empty()) objects.push_back({});
      for (const Named& object : objects) tell(cover, want, object);
    }
  }
  return gaps;
}

}  // namespace bordero::crm
