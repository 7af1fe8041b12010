#pragma once

#include <string>
#include <string_view>

namespace bordero::crm {

// The number in E.164, or nothing when it cannot be told. Numbers without a country are Russian:
// "8 (916) 123-45-67 доб. 12" is "+79161234567"; an extension is left out.
std::string phone_e164(std::string_view typed);

}  // namespace bordero::crm
