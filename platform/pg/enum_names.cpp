#include "platform/pg/enum_names.hpp"

#include <memory>

#include "platform/base/error.hpp"

namespace bordero::pg {
namespace {

constexpr std::string_view kZero = "UNSPECIFIED";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// What the names of the values have in common: "DEAL_STATUS_" of DEAL_STATUS_UNSPECIFIED.
std::string prefix_of(const google::protobuf::EnumDescriptor* type) {
  const std::string& zero = type->value(0)->name();
  if (!zero.ends_with(kZero)) return "";
  return zero.substr(0, zero.size() - kZero.size());
}

}  // namespace

EnumNames::EnumNames(const google::protobuf::EnumDescriptor* type) {
  const std::string prefix = prefix_of(type);
  for (int i = 0; i < type->value_count(); ++i) {
    const auto* value = type->value(i);
    std::string tail = value->name();
    if (tail.starts_with(prefix)) tail.erase(0, prefix.size());
    for (char& c : tail) c = lower(c);
    if (tail == "unspecified") tail.clear();
    const auto [at, added] = tails_.emplace(value->number(), std::move(tail));
    if (added) numbers_.emplace(at->second, value->number());
  }
}

const EnumNames& EnumNames::of(const google::protobuf::EnumDescriptor* type) {
  thread_local std::unordered_map<const google::protobuf::EnumDescriptor*,
                                  std::unique_ptr<const EnumNames>>
      known;
  auto& names = known[type];
  if (!names) names.reset(new EnumNames(type));
  return *names;
}

std::string_view EnumNames::tail(int number) const {
  const auto at = tails_.find(number);
  ensure(at != tails_.end(), "an enum's number has a name");
  return at->second;
}

std::optional<int> EnumNames::number(std::string_view tail) const {
  const auto at = numbers_.find(tail);
  if (at == numbers_.end()) return std::nullopt;
  return at->second;
}

}  // namespace bordero::pg
