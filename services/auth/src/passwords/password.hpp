#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

namespace bordero::auth {

inline constexpr int kPasswordMin = 12;
inline constexpr int kPasswordMinAlone = 15;  // While the account has no second factor.
inline constexpr int kPasswordMax = 128;

// Words that a password of this person must not contain: the product, the agency, their own names
// and the parts of their e-mail.
std::vector<std::string> context_words(std::string_view email, std::string_view full_name);

// Whether the password may be chosen. `field` is the request's field that refusals name.
Result<void> check_password(std::string_view password, const std::vector<std::string>& words,
                            int min_length, const char* field);

}  // namespace bordero::auth
