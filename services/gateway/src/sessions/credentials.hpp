#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "platform/http/server.hpp"

namespace bordero::gateway {

inline constexpr std::string_view kSessionCookie = "__Host-bordero";
inline constexpr std::string_view kDeviceCookie = "__Host-bordero-device";

// What a request brings to say who asks.
struct Credentials {
  enum class Kind { none, cookie, bearer } kind = Kind::none;
  std::string secret;
};
// Refuses a request with more than one: it is not clear who it means to be.
Result<Credentials> credentials_of(const httpd::Request& request);

// The value of the only cookie of this name; empty when there is none or several.
std::string cookie_of(const httpd::Request& request, std::string_view name);
std::string session_cookie(const std::string& secret);  // For Set-Cookie.
std::string ended_session_cookie();
std::string device_cookie(const std::string& value);

// Whether a request that changes something came from our own pages. `csrf_token` is the session's;
// a request to sign in has none and is only checked for its origin.
Result<void> check_same_site(const httpd::Request& request, std::string_view public_url);
Result<void> check_csrf_token(const httpd::Request& request, std::string_view csrf_token);
// The same for requests that only read but keep the connection, and for signing in: a client that
// names no origin is a program.
Result<void> check_not_foreign(const httpd::Request& request, std::string_view public_url);

}  // namespace bordero::gateway
