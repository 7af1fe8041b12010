#include "platform/rpc/identity.hpp"

#include <sodium.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>

#include <optional>

#include "platform/base/bytes.hpp"
#include "platform/base/log.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::rpc {
namespace {

namespace json = boost::json;

constexpr const char* kType = "bordero-id+jwt";
constexpr const char* kIssuer = "bordero-auth";
constexpr const char* kAudience = "bordero-services";
constexpr std::string_view kSession = "session";
constexpr std::int64_t kSkewSeconds = 5;
constexpr std::size_t kMaxVerified = 10'000;
constexpr std::size_t kMaxToken = 4'000;
constexpr auto kFetchedAtMostEvery = std::chrono::seconds(10);

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
  auto header = from_base64url(text.substr(0, first));
  auto payload = from_base64url(text.substr(first + 1, last - first - 1));
  auto signature = from_base64url(text.substr(last + 1));
  if (!header || !payload || !signature) return false;
  parts.header = std::move(*header);
  parts.payload = std::move(*payload);
  parts.signature = std::move(*signature);
  return true;
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

bool is_person(Role role) {
  return role != Role::none && role != Role::system && role != Role::service;
}

// How the user proved who they are: by their session, or somebody acts for them by another way.
json::array amr_of(const Caller& caller) {
  return {caller.via.empty() ? std::string(kSession) : caller.via};
}

// The way of who acts for the user, empty for a session; nothing when it is not one word.
std::optional<std::string> via_of(const json::object& payload) {
  const json::value* amr = payload.if_contains("amr");
  if (amr == nullptr) return std::string();
  const bool one = amr->is_array() && amr->get_array().size() == 1;
  if (!one || !amr->get_array()[0].is_string()) return std::nullopt;
  const std::string_view way = amr->get_array()[0].get_string();
  return way == kSession ? std::string() : std::string(way);
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
  const auto via = via_of(payload);
  if (!via) return false;
  identity.caller.via = *via;
  return is_person(identity.caller.role) && Uuid::parse(identity.caller.user_id).has_value();
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
                             {"amr", amr_of(identity.caller)},
                             {"exp", identity.expires_at},
                             {"jti", Uuid::v7().str()}};
  const std::string signed_text =
      base64url(json::serialize(header)) + "." + base64url(json::serialize(payload));
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       reinterpret_cast<const unsigned char*>(signed_text.data()),
                       signed_text.size(),
                       reinterpret_cast<const unsigned char*>(secret_key.data()));
  return signed_text + "." + base64url(signature);
}

// What a fetch under way and those who wait for it share.
struct KeyRing::Book {
  Fetch fetch;
  std::unordered_map<std::string, std::string> keys;
  std::chrono::steady_clock::time_point fetched_at{};  // When the keys were had, never before.
  std::shared_ptr<asio::steady_timer> under_way;       // Ends when the fetch has.
};

KeyRing::KeyRing(Fetch fetch) : book_(std::make_shared<Book>()) { book_->fetch = std::move(fetch); }
KeyRing::~KeyRing() = default;

// Detached from the request that began it, whose end must not take the keys from the others.
awaitable<void> KeyRing::fetch_into(std::shared_ptr<Book> book) {
  auto fetched = co_await book->fetch();
  if (!fetched) co_return;
  book->fetched_at = std::chrono::steady_clock::now();
  book->keys.clear();
  for (PublicKey& key : fetched.value()) book->keys[key.kid] = std::move(key.bytes);
}

awaitable<void> KeyRing::refresh() {
  const auto book = book_;
  if (!book->under_way) {
    const auto now = std::chrono::steady_clock::now();
    if (!book->keys.empty() && now - book->fetched_at < kFetchedAtMostEvery) co_return;
    const auto executor = co_await asio::this_coro::executor;
    book->under_way = std::make_shared<asio::steady_timer>(
        executor, std::chrono::steady_clock::time_point::max());
    asio::co_spawn(executor, fetch_into(book), [book](std::exception_ptr failed) {
      if (failed) log::error("the keys of identities did not come");
      book->under_way->cancel();
      book->under_way.reset();
    });
  }
  const auto under_way = book->under_way;
  if (under_way) co_await under_way->async_wait(asio::as_tuple(asio::use_awaitable));
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
  if (!book_->keys.contains(kid)) co_await refresh();
  const auto key = book_->keys.find(kid);
  if (key == book_->keys.end()) co_return unavailable("identity_key_unknown");

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
