#include "services/crm/src/deals/insured_object.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/money.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/clients/check_digits.hpp"

namespace bordero::crm {
namespace {

constexpr std::size_t kMaxTitle = 200;

struct KindField {
  std::string_view name;
  v1::ObjectKind kind;
};
// Which kind a field belongs to; kind, title and extra belong to all.
constexpr std::array kKindFields = {
    KindField{"vin", v1::OBJECT_KIND_VEHICLE},
    KindField{"plate", v1::OBJECT_KIND_VEHICLE},
    KindField{"make", v1::OBJECT_KIND_VEHICLE},
    KindField{"model", v1::OBJECT_KIND_VEHICLE},
    KindField{"year", v1::OBJECT_KIND_VEHICLE},
    KindField{"power_hp", v1::OBJECT_KIND_VEHICLE},
    KindField{"mileage_km", v1::OBJECT_KIND_VEHICLE},
    KindField{"owner", v1::OBJECT_KIND_VEHICLE},
    KindField{"drivers", v1::OBJECT_KIND_VEHICLE},
    KindField{"vehicles", v1::OBJECT_KIND_FLEET},
    KindField{"address", v1::OBJECT_KIND_PROPERTY},
    KindField{"area_m2", v1::OBJECT_KIND_PROPERTY},
    KindField{"bank", v1::OBJECT_KIND_PROPERTY},
    KindField{"loan_balance", v1::OBJECT_KIND_PROPERTY},
    KindField{"birth_date", v1::OBJECT_KIND_PERSON},
    KindField{"document", v1::OBJECT_KIND_PERSON},
};

// A property may be built in some year, a house as well as a car.
bool fits(std::string_view field, v1::ObjectKind kind) {
  if (kind == v1::OBJECT_KIND_PROPERTY && field == "year") return true;
  const auto found = std::find_if(kKindFields.begin(), kKindFields.end(),
                                  [&](const KindField& rule) { return rule.name == field; });
  return found == kKindFields.end() || found->kind == kind;
}

std::string path_of(const std::string& list, int index) {
  return list + "[" + std::to_string(index) + "]";
}

Result<void> check_object(const v1::InsuredObject& object, const std::string& path, bool nested) {
  if (nested && object.kind() != v1::OBJECT_KIND_VEHICLE) {
    return invalid_field(path + ".kind", "fleet_has_vehicles_only");
  }
  std::vector<const google::protobuf::FieldDescriptor*> set;
  object.GetReflection()->ListFields(object, &set);
  for (const auto* field : set) {
    if (!fits(field->name(), object.kind())) {
      return invalid_field(path + "." + field->name(), "not_of_this_kind");
    }
  }
  if (object.birth_date() > clock::today().str()) {
    return invalid_field(path + ".birth_date", "not_born");
  }
  if (object.has_loan_balance() && !is_currency(object.loan_balance().currency())) {
    return invalid_field(path + ".loan_balance.currency", "not_a_currency");
  }
  for (int i = 0; i < object.vehicles_size(); ++i) {
    const std::string item = path_of(path + ".vehicles", i);
    if (auto checked = check_object(object.vehicles(i), item, true); !checked) return checked;
  }
  return {};
}

std::string title_of(const v1::InsuredObject& object) {
  if (object.kind() == v1::OBJECT_KIND_PROPERTY) {
    return search::encode_utf8(search::decode_utf8(object.address()).substr(0, kMaxTitle));
  }
  if (object.kind() != v1::OBJECT_KIND_VEHICLE) return {};
  std::string title = object.make();
  if (!object.model().empty()) title += (title.empty() ? "" : " ") + object.model();
  if (title.empty()) return object.plate();
  if (object.year() > 0) title += ", " + std::to_string(object.year());
  return title;
}

void add_warnings_of(const v1::InsuredObject& object, const std::string& path,
                     google::protobuf::RepeatedPtrField<common::v1::Warning>& warnings) {
  if (!object.vin().empty() && !looks_like_vin(object.vin())) {
    auto* warning = warnings.Add();
    warning->set_field(path + ".vin");
    warning->set_code("vin_check_digit");
  }
  for (int i = 0; i < object.vehicles_size(); ++i) {
    add_warnings_of(object.vehicles(i), path_of(path + ".vehicles", i), warnings);
  }
}

}  // namespace

Result<void> check_objects(const InsuredObjects& objects) {
  for (int i = 0; i < objects.size(); ++i) {
    const std::string path = path_of("objects", i);
    if (auto checked = check_object(objects[i], path, false); !checked) return checked;
  }
  return {};
}

void title_objects(InsuredObjects& objects) {
  for (auto& object : objects) {
    if (object.title().empty()) object.set_title(title_of(object));
    title_objects(*object.mutable_vehicles());
  }
}

void add_object_warnings(const InsuredObjects& objects,
                         google::protobuf::RepeatedPtrField<common::v1::Warning>& warnings) {
  for (int i = 0; i < objects.size(); ++i) {
    add_warnings_of(objects[i], path_of("objects", i), warnings);
  }
}

void add_object_words(const InsuredObjects& objects, search::MarkedWords& words) {
  for (const auto& object : objects) {
    words.add_words(object.title());
    words.add_words(object.make());
    words.add_words(object.model());
    words.add_vin(object.vin());
    words.add_plate(object.plate());
    add_object_words(object.vehicles(), words);
  }
}

}  // namespace bordero::crm
