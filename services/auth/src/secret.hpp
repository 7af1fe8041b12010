#pragma once

#include <string>
#include <string_view>

#include "platform/base/bytes.hpp"

// Small things around secrets. Stored in a secret's place is its SHA-256, taken over the text as
// its holder sends it.
namespace bordero::auth {

// 256 random bits as 43 characters of base64url: sessions, invitations, CSRF tokens.
std::string random_secret();
std::string hmac_sha256(std::string_view key, std::string_view text);
bool same_secret(std::string_view a, std::string_view b);  // In constant time.

// Authenticated encryption under the key of the secret store.
std::string seal(std::string_view key, std::string_view secret);
std::string unseal(std::string_view key, std::string_view sealed);  // Throws Broken when forged.

}  // namespace bordero::auth
