#pragma once

#include <string>
#include <string_view>

// Small things around secrets; all cryptography is libsodium's.
namespace bordero::auth {

// 256 random bits as 43 characters of base64url: sessions, invitations, CSRF tokens.
std::string random_secret();
// The 32 bytes that are stored in a secret's place. Taken over the text as its holder sends it.
std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);
std::string hex(std::string_view bytes);
std::string base64url(std::string_view bytes);
bool same_secret(std::string_view a, std::string_view b);  // In constant time.

// Authenticated encryption under the key of the secret store.
std::string seal(std::string_view key, std::string_view secret);
std::string unseal(std::string_view key, std::string_view sealed);  // Throws Broken when forged.

}  // namespace bordero::auth
