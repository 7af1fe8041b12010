#include "platform/rpc/identity.hpp"

#include <sodium.h>

#include <boost/json.hpp>

#include "platform/base/uuid.hpp"

namespace bordero::rpc {
namespace {

namespace json = boost::json;

constexpr const char* kType = "bordero-id+jwt";
constexpr const char* kIssuer = "bordero-auth";
constexpr const char* kAudience = "bordero-services";
constexpr std::int64_t kSkewSeconds = 5;
constexpr std::size_t kMaxVerified = 10'000;
constexpr std::size_t kMaxToken = 4'000;

std::string to_base64url(std::string_view bytes) {
  std::string text(
      sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();  // libsodium counts the final NUL.
  return text;
}

bool from_base64url(std::string_view text, std::string& bytes) {
  bytes.resize(text.size());
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &size, &end,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0 || end != text.data() + text.size()) return false;
  bytes.resize(size);
  return true;
}

std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

struct Parts {
  std::string_view signed_text;
  std::string header;
  std::string payload;
  std::string signature;
};

bool split(const std::string& token, Parts& parts) {
  if (token.size() > kMaxToken) return false;
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string::npos || first == last) return false;
  const std::string_view text = token;
  parts.signed_text = text.substr(0, last);
  return from_base64url(text.substr(0, first), parts.header) &&
         from_base64url(text.substr(first + 1, last - first - 1), parts.payload) &&
         from_base64url(text.substr(last + 1), parts.signature);
}

// The key's id, when the header is the one form that we accept.
std::string key_id(const std::string& header_text) {
  json::error_code failed;
  const json::value parsed = json::parse(header_text, failed);
  if (failed || !parsed.is_object()) return {};
  const json::object& header = parsed.get_object();
  if (header.size() != 3) return {};
  const auto text_of = [&](const char* key) -> std::string_view {
    const json::value* value = header.if_contains(key);
    return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : "";
  };
  if (text_of("alg") != "EdDSA" || text_of("typ") != kType) return {};
  return std::string(text_of("kid"));
}

bool read_identity(const std::string& payload_text, Identity& identity) {
  json::error_code failed;
  const json::value parsed = json::parse(payload_text, failed);
  if (failed || !parsed.is_object()) return false;
  const json::object& payload = parsed.get_object();
  const auto text_of = [&](const char* key) -> std::string {
    const json::value* value = payload.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  const auto number_of = [&](const char* key) -> std::int64_t {
    const json::value* value = payload.if_contains(key);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
  };
  if (text_of("iss") != kIssuer || text_of("aud") != kAudience) return false;
  identity.caller.user_id = text_of("sub");
  identity.caller.session_id = text_of("sid");
  identity.caller.role = role_from_name(text_of("role"));
  identity.caller.epoch = number_of("epoch");
  identity.caller.acl_version = number_of("acl");
  identity.auth_time = number_of("auth_time");
  identity.expires_at = number_of("exp");
  const bool person = identity.caller.role != Role::none && identity.caller.role != Role::system;
  return person && Uuid::parse(identity.caller.user_id).has_value();
}

bool still_good(const Identity& identity) {
  return identity.expires_at + kSkewSeconds > unix_now();
}

}  // namespace

std::string sign_identity(const Identity& identity, const std::string& kid,
                          const std::string& secret_key) {
  ensure(secret_key.size() == crypto_sign_SECRETKEYBYTES, "a signing key has 64 bytes");
  const json::object header{{"alg", "EdDSA"}, {"typ", kType}, {"kid", kid}};
  const json::object payload{{"iss", kIssuer},
                             {"aud", kAudience},
                             {"sub", identity.caller.user_id},
                             {"sid", identity.caller.session_id},
                             {"role", std::string(role_name(identity.caller.role))},
                             {"epoch", identity.caller.epoch},
                             {"acl", identity.caller.acl_version},
                             {"auth_time", identity.auth_time},
                             {"exp", identity.expires_at},
                             {"jti", Uuid::v7().str()}};
  const std::string signed_text =
      to_base64url(json::serialize(header)) + "." + to_base64url(json::serialize(payload));
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       reinterpret_cast<const unsigned char*>(signed_text.data()),
                       signed_text.size(),
                       reinterpret_cast<const unsigned char*>(secret_key.data()));
  return signed_text + "." + to_base64url(signature);
}

awaitable<void> KeyRing::refresh() {
  const auto now = std::chrono::steady_clock::now();
  const bool just_fetched =
      fetched_at_.time_since_epoch().count() != 0 && now - fetched_at_ < std::chrono::seconds(10);
  if (just_fetched && !keys_.empty()) co_return;
  fetched_at_ = now;
  auto fetched = co_await fetch_();
  if (!fetched) co_return;
  keys_.clear();
  for (PublicKey& key : fetched.value()) keys_[key.kid] = std::move(key.bytes);
}

awaitable<Result<Caller>> KeyRing::verify(const std::string& token) {
  const auto known = verified_.find(token);
  if (known != verified_.end()) {
    if (still_good(known->second)) co_return known->second.caller;
    verified_.erase(known);
  }
  Parts parts;
  if (!split(token, parts)) co_return unauthenticated("identity_malformed");
  const std::string kid = key_id(parts.header);
  if (kid.empty()) co_return unauthenticated("identity_malformed");
  if (!keys_.contains(kid)) co_await refresh();
  const auto key = keys_.find(kid);
  if (key == keys_.end()) co_return unavailable("identity_key_unknown");

  const bool genuine =
      parts.signature.size() == crypto_sign_BYTES &&
      key->second.size() == crypto_sign_PUBLICKEYBYTES &&
      crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(parts.signature.data()),
                                  reinterpret_cast<const unsigned char*>(parts.signed_text.data()),
                                  parts.signed_text.size(),
                                  reinterpret_cast<const unsigned char*>(key->second.data())) == 0;
  Identity identity;
  if (!genuine || !read_identity(parts.payload, identity)) {
    co_return unauthenticated("identity_forged");
  }
  if (!still_good(identity)) co_return unauthenticated("identity_expired");
  if (verified_.size() >= kMaxVerified) verified_.clear();
  verified_[token] = identity;
  co_return identity.caller;
}

}  // namespace bordero::rpc
