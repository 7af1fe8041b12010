#include "services/auth/src/agency/agency.hpp"

#include <absl/strings/ascii.h>

#include <algorithm>

#include "platform/base/bytes.hpp"
#include "platform/base/clock.hpp"
#include "platform/images/picture.hpp"
#include "platform/policy/capability.hpp"
#include "platform/policy/policy.hpp"

namespace bordero::auth {
namespace {

// Each stands on one line of a paper.
bool one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return absl::ascii_iscntrl(c); });
}

std::string trimmed(const std::string& text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

}  // namespace

Result<v1::Agency> checked(v1::Agency agency) {
  agency.set_name(trimmed(agency.name()));
  agency.set_phone(trimmed(agency.phone()));
  agency.set_address(trimmed(agency.address()));
  if (agency.name().empty()) return invalid_field("name", "required");
  if (!one_line(agency.name())) return invalid_field("name", "control_character");
  if (!one_line(agency.phone())) return invalid_field("phone", "control_character");
  if (!one_line(agency.address())) return invalid_field("address", "control_character");
  return agency;
}

Result<Logo> checked_logo(const std::string& data) {
  if (data.empty()) return Logo();
  const auto picture = images::look_at(data);
  if (!picture) return invalid_field("logo", picture.error().reason);
  return Logo{data, picture->content_type, hex(sha256(data))};
}

void show_agency(v1::Agency& agency, const Caller& caller) {
  agency.set_time_zone(clock::time_zone());
  const bool may = policy::may(caller, "settings.write");
  const Result<void> change = may ? Result<void>() : forbidden("role_not_allowed");
  policy::add_capability(*agency.mutable_can(), "update", change);
}

}  // namespace bordero::auth
