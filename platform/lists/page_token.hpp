#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/pg/param.hpp"

namespace bordero::lists {

// Where a page ended, of which list, and how long that list was. Opaque to clients: base64url.
struct PageToken {
  std::string digest;
  int total = -1;
  bool estimated = false;
  std::vector<pg::Param> keys;

  std::string encode() const;
  static std::optional<PageToken> decode(std::string_view text);
};

// The first 16 hex digits of SHA-256: enough to tell lists apart.
std::string short_digest(std::string_view text);

}  // namespace bordero::lists
