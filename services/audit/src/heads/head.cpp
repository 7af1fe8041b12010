#include "services/audit/src/heads/head.hpp"

#include <sodium.h>

namespace bordero::audit {
namespace {

const std::uint8_t* raw(const std::string& bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}
std::uint8_t* raw(std::string& bytes) { return reinterpret_cast<std::uint8_t*>(bytes.data()); }

}  // namespace

std::string signed_text(const Head& head) {
  return "bordero-audit-head-1\n" + std::to_string(head.size) + "\n" + hex(head.root) + "\n" +
         instant_text(head.signed_at) + "\n";
}

bool signature_holds(const Head& head, const std::string& public_key) {
  if (head.signature.size() != crypto_sign_BYTES) return false;
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
  const std::string text = signed_text(head);
  return crypto_sign_verify_detached(raw(head.signature), raw(text), text.size(),
                                     raw(public_key)) == 0;
}

SigningKey::SigningKey(const std::string& seed)
    : public_key_(crypto_sign_PUBLICKEYBYTES, '\0'), secret_key_(crypto_sign_SECRETKEYBYTES, '\0') {
  ensure(sodium_init() >= 0, "libsodium starts");
  ensure(seed.size() == crypto_sign_SEEDBYTES, "a signing key has 32 bytes");
  crypto_sign_seed_keypair(raw(public_key_), raw(secret_key_), raw(seed));
}

Head SigningKey::sign(const Tree& tree, Instant at) const {
  Head head{.size = tree.size(),
            .root = tree.root(),
            .signed_at = std::chrono::floor<std::chrono::microseconds>(at),
            .signature = std::string(crypto_sign_BYTES, '\0'),
            .public_key = public_key_};
  const std::string text = signed_text(head);
  crypto_sign_detached(raw(head.signature), nullptr, raw(text), text.size(), raw(secret_key_));
  return head;
}

}  // namespace bordero::audit
