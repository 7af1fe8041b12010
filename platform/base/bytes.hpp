#pragma once

#include <optional>
#include <string>
#include <string_view>

// Bytes as text, and their digest. Reading is strict: nothing but digits, and all of them.
namespace bordero {

std::string hex(std::string_view bytes);  // Lower case.
std::optional<std::string> from_hex(std::string_view digits);

std::string base64url(std::string_view bytes);  // Without padding.
std::optional<std::string> from_base64url(std::string_view text);

std::string sha256(std::string_view text);  // 32 bytes.

}  // namespace bordero
