#include "services/auth/src/secret.hpp"

#include <sodium.h>

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::auth {
namespace {

constexpr std::size_t kSecretBytes = 32;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string random_secret() {
  std::string bytes(kSecretBytes, '\0');
  random_bytes(bytes.data(), bytes.size());
  return base64url(bytes);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  std::string code(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, bytes_of(code));
  return code;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(std::string_view key, std::string_view secret) {
  ensure(key.size() == crypto_secretbox_KEYBYTES, "the sealing key has 32 bytes");
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + secret.size(), '\0');
  random_bytes(sealed.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(bytes_of(sealed) + crypto_secretbox_NONCEBYTES, bytes_of(secret),
                        secret.size(), bytes_of(sealed), bytes_of(key));
  return sealed;
}

std::string unseal(std::string_view key, std::string_view sealed) {
  ensure(key.size() == crypto_secretbox_KEYBYTES, "the sealing key has 32 bytes");
  constexpr std::size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (sealed.size() < kOverhead) throw Broken("a sealed secret is cut short");
  std::string secret(sealed.size() - kOverhead, '\0');
  const std::string_view box = sealed.substr(crypto_secretbox_NONCEBYTES);
  const int forged = crypto_secretbox_open_easy(bytes_of(secret), bytes_of(box), box.size(),
                                                bytes_of(sealed), bytes_of(key));
  if (forged != 0) throw Broken("a sealed secret does not open with this key");
  return secret;
}

}  // namespace bordero::auth
