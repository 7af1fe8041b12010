#include "platform/json/plan.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "bordero/common/v1/common.pb.h"
#include "bordero/options.pb.h"
#include "platform/json/json.hpp"

namespace bordero::json {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using Shape = FieldPlan::Shape;

// Values made on first use and never removed, so that references to them stay good.
template <class Key, class Value>
class Kept {
 public:
  template <class Make>
  const Value& get(const Key* key, Make make) {
    {
      const std::shared_lock lock(mutex_);
      const auto found = values_.find(key);
      if (found != values_.end()) return *found->second;
    }
    const std::unique_lock lock(mutex_);
    return make(values_, key);
  }

 private:
  std::shared_mutex mutex_;
  std::unordered_map<const Key*, std::unique_ptr<Value>> values_;
};
using Plans = std::unordered_map<const Descriptor*, std::unique_ptr<MessagePlan>>;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// What the names of the values have in common: "DEAL_STATUS_" of DEAL_STATUS_UNSPECIFIED, the zero
// that `make lint` demands of every enum.
std::string_view prefix_of(const EnumDescriptor* type) {
  std::string_view zero = type->FindValueByNumber(0)->name();
  constexpr std::string_view kZero = "UNSPECIFIED";
  return zero.ends_with(kZero) ? zero.substr(0, zero.size() - kZero.size()) : "";
}

std::unique_ptr<EnumNames> make_names(const EnumDescriptor* type) {
  auto names = std::make_unique<EnumNames>();
  const std::string_view prefix = prefix_of(type);
  for (int i = 0; i < type->value_count(); ++i) {
    const auto* value = type->value(i);
    if (value->number() == 0) continue;
    const std::string& name = value->name();
    const std::string tail = lower(name.starts_with(prefix) ? name.substr(prefix.size()) : name);
    names->tails.emplace(value->number(), tail);
    names->numbers.emplace(tail, value->number());
  }
  return names;
}

Shape shape_of(const FieldDescriptor* field) {
  switch (field->type()) {
    case FieldDescriptor::TYPE_STRING:
      return is_raw_json(field) ? Shape::raw : Shape::text;
    case FieldDescriptor::TYPE_BYTES:
      return Shape::bytes;
    default:
      break;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Shape::i32;
    case FieldDescriptor::CPPTYPE_INT64:
      return Shape::i64;
    case FieldDescriptor::CPPTYPE_UINT32:
      return Shape::u32;
    case FieldDescriptor::CPPTYPE_UINT64:
      return Shape::u64;
    case FieldDescriptor::CPPTYPE_BOOL:
      return Shape::boolean;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Shape::enumeration;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Shape::message;
    default:
      return Shape::real;
  }
}

const MessagePlan& make_plan(Plans& plans, const Descriptor* type) {
  auto& slot = plans[type];
  if (slot) return *slot;
  slot = std::make_unique<MessagePlan>();
  MessagePlan& plan = *slot;  // Registered before its fields: a message may contain itself.
  plan.money = is_money(type);
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    FieldPlan made{.field = field, .key = "\"" + field->name() + "\":", .shape = shape_of(field)};
    made.repeated = field->is_repeated();
    made.has_presence = field->has_presence();
    if (made.shape == Shape::enumeration) made.names = &names_of(field->enum_type());
    if (made.shape == Shape::message) made.message = &make_plan(plans, field->message_type());
    plan.fields.push_back(std::move(made));
  }
  return plan;
}

}  // namespace

const EnumNames& names_of(const EnumDescriptor* type) {
  static Kept<EnumDescriptor, EnumNames> kept;
  return kept.get(type, [](auto& values, const EnumDescriptor* key) -> const EnumNames& {
    auto& slot = values[key];
    if (!slot) slot = make_names(key);
    return *slot;
  });
}

const MessagePlan& plan_of(const Descriptor* type) {
  static Kept<Descriptor, MessagePlan> kept;
  return kept.get(type, [](Plans& plans, const Descriptor* key) -> const MessagePlan& {
    return make_plan(plans, key);
  });
}

bool is_money(const Descriptor* type) { return type == common::v1::Money::descriptor(); }

bool is_raw_json(const FieldDescriptor* field) {
  return field->options().GetExtension(bordero::rule).raw_json();
}

const std::string& enum_tail(const EnumDescriptor* type, int number) {
  static const std::string none;
  const auto& tails = names_of(type).tails;
  const auto found = tails.find(number);
  return found == tails.end() ? none : found->second;
}

std::optional<int> enum_number(const EnumDescriptor* type, std::string_view tail) {
  const auto& numbers = names_of(type).numbers;
  const auto found = numbers.find(std::string(tail));
  if (found == numbers.end()) return std::nullopt;
  return found->second;
}

}  // namespace bordero::json
