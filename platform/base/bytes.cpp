#include "platform/base/bytes.hpp"

#include <openssl/sha.h>
#include <sodium.h>

namespace bordero {
namespace {

constexpr int kForm = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string hex(std::string_view bytes) {
  std::string text(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
  text.pop_back();  // libsodium counts the final NUL.
  return text;
}

std::optional<std::string> from_hex(std::string_view digits) {
  std::string bytes(digits.size() / 2, '\0');
  std::size_t size = 0;
  const int failed = sodium_hex2bin(raw(bytes), bytes.size(), digits.data(), digits.size(), nullptr,
                                    &size, nullptr);
  if (failed != 0 || 2 * size != digits.size()) return std::nullopt;
  return bytes;
}

std::string base64url(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kForm), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), kForm);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr,
                                       &size, &end, kForm);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

// OpenSSL's uses the processor's instructions for it.
std::string sha256(std::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(raw(text), text.size(), raw(digest));
  return digest;
}

}  // namespace bordero
