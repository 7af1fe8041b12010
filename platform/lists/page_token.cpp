#include "platform/lists/page_token.hpp"

#include <charconv>

#include "platform/base/bytes.hpp"

namespace bordero::lists {
namespace {

constexpr std::string_view kVersion = "1";
constexpr std::size_t kDigestLength = 16;
constexpr std::size_t kMaxEncoded = 4096;

// "5:value", or "-" for NULL, so that values may hold anything.
void put(std::string& out, const pg::Param& value) {
  if (!value) {
    out.push_back('-');
  } else {
    out.append(std::to_string(value->size())).append(":").append(*value);
  }
}

bool take(std::string_view& in, pg::Param& value) {
  if (in.starts_with('-')) {
    value.reset();
    in.remove_prefix(1);
    return true;
  }
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(in.begin(), in.end(), size);
  if (error != std::errc() || end == in.end() || *end != ':') return false;
  in.remove_prefix(static_cast<std::size_t>(end - in.begin()) + 1);
  if (size > in.size()) return false;
  value = std::string(in.substr(0, size));
  in.remove_prefix(size);
  return true;
}

bool take_number(std::string_view& in, int& number) {
  pg::Param text;
  if (!take(in, text) || !text) return false;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  return error == std::errc() && end == text->data() + text->size();
}

}  // namespace

std::string short_digest(std::string_view text) {
  return hex(sha256(text)).substr(0, kDigestLength);
}

std::string PageToken::encode() const {
  std::string content(kVersion);
  put(content, digest);
  put(content, std::to_string(total));
  put(content, std::string(estimated ? "1" : "0"));
  for (const pg::Param& key : keys) put(content, key);
  return base64url(short_digest(content) + content);
}

std::optional<PageToken> PageToken::decode(std::string_view text) {
  if (text.size() > kMaxEncoded) return std::nullopt;
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() < kDigestLength) return std::nullopt;
  // Not a secret, only a check: what the keys may be is decided by the list's own types.
  std::string_view content = std::string_view(*bytes).substr(kDigestLength);
  if (short_digest(content) != bytes->substr(0, kDigestLength)) return std::nullopt;
  if (!content.starts_with(kVersion)) return std::nullopt;
  content.remove_prefix(kVersion.size());

  PageToken token;
  pg::Param digest;
  int estimated = 0;
  if (!take(content, digest) || !digest || !take_number(content, token.total) ||
      !take_number(content, estimated)) {
    return std::nullopt;
  }
  token.digest = *digest;
  token.estimated = estimated != 0;
  while (!content.empty()) {
    if (!take(content, token.keys.emplace_back())) return std::nullopt;
  }
  return token;
}

}  // namespace bordero::lists
