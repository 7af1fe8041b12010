#include "platform/redis/url.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "platform/base/env.hpp"

namespace bordero::redis {
namespace {

constexpr std::pair<std::string_view, Url::Way> kSchemes[] = {
    {"redis://", Url::Way::tcp}, {"rediss://", Url::Way::tls}, {"redis+unix://", Url::Way::local}};

// Undoes the percent-encoding that a secret with reserved characters needs.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      out.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// Cuts `text` at the first `mark`; gives what follows, or nothing.
std::string_view cut(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

}  // namespace

Url Url::parse(std::string_view text) {
  const auto* const scheme =
      std::find_if(std::begin(kSchemes), std::end(kSchemes),
                   [&](const auto& known) { return text.starts_with(known.first); });
  if (scheme == std::end(kSchemes)) {
    throw env::BadSetting("a Redis address is redis://, rediss:// or redis+unix://");
  }
  text.remove_prefix(scheme->first.size());
  Url url{.way = scheme->second};
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    auto user = text.substr(0, at);
    const auto password = cut(user, ':');
    url.user = decoded(user);
    url.password = decoded(password);
    text.remove_prefix(at + 1);
  }
  if (const auto database = cut(text, '/'); !database.empty()) url.database = database;
  if (const auto port = cut(text, ':'); !port.empty()) url.port = port;
  url.host = decoded(text);
  if (url.host.empty()) throw env::BadSetting("a Redis address names a host");
  return url;
}

}  // namespace bordero::redis
