#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace bordero {

// A UUID as RFC 9562 writes it; ours are version 7, so that they sort by time of creation.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  static Uuid v7();
  static std::optional<Uuid> parse(std::string_view text);  // Lower or upper case, with dashes.
  std::string str() const;
  auto operator<=>(const Uuid&) const = default;
};

// An identifier of one kind of thing: an Id<Client> does not fit where an Id<Deal> is due.
template <class Kind>
struct Id {
  Uuid uuid;

  static Id make() { return {Uuid::v7()}; }
  std::string str() const { return uuid.str(); }
  auto operator<=>(const Id&) const = default;
};

template <class Kind>
Result<Id<Kind>> parse_id(std::string_view text, const char* field) {
  const auto uuid = Uuid::parse(text);
  if (!uuid) return invalid_field(field, "not_a_uuid");
  return Id<Kind>{*uuid};
}

// Cryptographically random bytes from the system.
void random_bytes(void* target, std::size_t size);

}  // namespace bordero
