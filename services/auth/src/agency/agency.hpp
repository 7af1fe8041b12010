#pragma once

#include <string>

#include "bordero/auth/v1/agency.pb.h"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

namespace bordero::auth {

// Without spaces at the ends of its texts, or the field that cannot be so.
Result<v1::Agency> checked(v1::Agency agency);

struct Logo {
  std::string data;
  std::string content_type;
  std::string digest;
};
// A picture that may stand for the agency; one without bytes is none.
Result<Logo> checked_logo(const std::string& data);

// As this caller sees it: with the time zone, and what they may do with it.
void show_agency(v1::Agency& agency, const Caller& caller);

}  // namespace bordero::auth
