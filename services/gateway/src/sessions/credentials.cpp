#include "services/gateway/src/sessions/credentials.hpp"

#include <openssl/crypto.h>

#include <vector>

namespace bordero::gateway {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> cookies_of(const httpd::Request& request, std::string_view name) {
  std::vector<std::string> found;
  for (const auto& [header, value] : request.headers) {
    if (header != "cookie") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t end = rest.find(';');
      const std::string_view pair = trimmed(rest.substr(0, end));
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        found.emplace_back(pair.substr(equals + 1));
      }
    }
  }
  return found;
}

bool is_bearer(std::string_view header) {
  constexpr std::string_view kScheme = "bearer ";
  if (header.size() <= kScheme.size()) return false;
  for (std::size_t i = 0; i < kScheme.size(); ++i) {
    const char c = header[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != kScheme[i]) return false;
  }
  return true;
}

std::string origin_of(std::string_view url) {
  const std::size_t host = url.find("://");
  const std::size_t end = host == std::string_view::npos ? url.npos : url.find('/', host + 3);
  return std::string(url.substr(0, end));
}

}  // namespace

Result<Credentials> credentials_of(const httpd::Request& request) {
  const auto cookies = cookies_of(request, kSessionCookie);
  const int tokens = request.header_count("authorization");
  if (cookies.size() + static_cast<std::size_t>(tokens) > 1) {
    return invalid("two_credentials", "a session cookie or a bearer token, not both");
  }
  if (cookies.size() == 1 && !cookies[0].empty()) {
    return Credentials{.kind = Credentials::Kind::cookie, .secret = cookies[0]};
  }
  if (tokens == 0) return Credentials{};
  const std::string_view header = request.header("authorization");
  if (!is_bearer(header)) return unauthenticated("not_signed_in");
  return Credentials{.kind = Credentials::Kind::bearer,
                     .secret = std::string(trimmed(header.substr(7)))};
}

std::string cookie_of(const httpd::Request& request, std::string_view name) {
  const auto found = cookies_of(request, name);
  return found.size() == 1 ? found[0] : std::string();
}

std::string session_cookie(const std::string& secret) {
  return std::string(kSessionCookie) + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Lax";
}

std::string ended_session_cookie() { return session_cookie("") + "; Max-Age=0"; }

std::string device_cookie(const std::string& value) {
  return std::string(kDeviceCookie) + "=" + value +
         "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000";
}

Result<void> check_same_site(const httpd::Request& request, std::string_view public_url) {
  const bool same = request.header_count("sec-fetch-site") > 0
                        ? request.header("sec-fetch-site") == "same-origin"
                        : request.header("origin") == origin_of(public_url);
  if (!same) return forbidden("cross_site_request");
  return {};
}

Result<void> check_csrf_token(const httpd::Request& request, std::string_view csrf_token) {
  const std::string_view sent = request.header("x-csrf-token");
  const bool same = !csrf_token.empty() && sent.size() == csrf_token.size() &&
                    CRYPTO_memcmp(sent.data(), csrf_token.data(), sent.size()) == 0;
  if (!same) return forbidden("csrf_token_wrong");
  return {};
}

Result<void> check_not_foreign(const httpd::Request& request, std::string_view public_url) {
  const bool names_none =
      request.header_count("sec-fetch-site") == 0 && request.header_count("origin") == 0;
  if (names_none) return {};
  return check_same_site(request, public_url);
}

}  // namespace bordero::gateway
