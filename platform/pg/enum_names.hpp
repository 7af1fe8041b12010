#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bordero::pg {

// The tails of one enum's values. Made once an enum and a thread, so that reading takes no lock.
class EnumNames {
 public:
  static const EnumNames& of(const google::protobuf::EnumDescriptor* type);

  std::string_view tail(int number) const;  // Throws Impossible for a number without a name.
  std::optional<int> number(std::string_view tail) const;

 private:
  explicit EnumNames(const google::protobuf::EnumDescriptor* type);

  std::unordered_map<int, std::string> tails_;
  std::unordered_map<std::string_view, int> numbers_;
};

}  // namespace bordero::pg
