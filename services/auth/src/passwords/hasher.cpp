#include "services/auth/src/passwords/hasher.hpp"

#include <argon2.h>
#include <sodium.h>

#include <array>
#include <cstdio>

#include "platform/base/bytes.hpp"
#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "services/auth/src/secret.hpp"

namespace bordero::auth {
namespace {

constexpr int kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kPepperDigits = 64;

std::string pepper_of(std::string_view line) {
  auto pepper = from_hex(line);
  if (!pepper || line.size() != kPepperDigits) {
    throw env::BadSetting("BORDERO_AUTH_PEPPER_FILE must have 64 hex digits on every line");
  }
  return std::move(*pepper);
}

std::vector<std::string> peppers_of(std::string_view lines) {
  std::vector<std::string> peppers;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    peppers.push_back(pepper_of(lines.substr(0, end)));
    lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
  }
  return peppers;
}

std::string random_base64(std::size_t size) {
  std::string bytes(size, '\0');
  random_bytes(bytes.data(), bytes.size());
  constexpr int kForm = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string text(sodium_base64_encoded_len(size, kForm), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<unsigned char*>(bytes.data()), size,
                    kForm);
  text.pop_back();  // libsodium counts the final NUL.
  return text;
}

// Random where a hash would stand: starting costs no hash, and comparing costs a whole one.
PasswordHash nobodys_hash(int memory_kib, int passes, int pepper_version) {
  std::string phc = "$argon2id$v=19$m=" + std::to_string(memory_kib) +
                    ",t=" + std::to_string(passes) + ",p=" + std::to_string(kLanes) + "$" +
                    random_base64(kSaltBytes) + "$" + random_base64(kHashBytes);
  return {.phc = std::move(phc), .pepper_version = pepper_version};
}

struct Cost {
  unsigned memory_kib = 0;
  unsigned passes = 0;
};

Cost cost_of(const std::string& phc) {
  Cost cost;
  std::sscanf(phc.c_str(), "$argon2id$v=19$m=%u,t=%u", &cost.memory_kib, &cost.passes);
  return cost;
}

std::string peppered(std::string_view password, const std::vector<std::string>& peppers,
                     int version) {
  if (version < 1 || version > static_cast<int>(peppers.size())) {
    throw Broken("a password's pepper is not in the secret store");
  }
  return hmac_sha256(peppers[static_cast<std::size_t>(version) - 1], password);
}

}  // namespace

Hasher::Hasher(const Config& config)
    : peppers_(config.peppers),
      memory_kib_(config.argon2_memory_kib),
      passes_(config.argon2_passes),
      nobodys_(nobodys_hash(memory_kib_, passes_,
                            static_cast<int>(peppers_of(read_secret(peppers_)).size()))) {}

PasswordHash Hasher::hash(std::string_view password) const {
  const auto peppers = peppers_of(read_secret(peppers_));
  const int version = static_cast<int>(peppers.size());
  const std::string secret = peppered(password, peppers, version);
  std::array<unsigned char, kSaltBytes> salt{};
  random_bytes(salt.data(), salt.size());
  const auto passes = static_cast<std::uint32_t>(passes_);
  const auto memory = static_cast<std::uint32_t>(memory_kib_);
  std::string phc(argon2_encodedlen(passes, memory, kLanes, kSaltBytes, kHashBytes, Argon2_id),
                  '\0');
  const int failed =
      argon2id_hash_encoded(passes, memory, kLanes, secret.data(), secret.size(), salt.data(),
                            salt.size(), kHashBytes, phc.data(), phc.size());
  if (failed != ARGON2_OK) throw Broken(argon2_error_message(failed));
  phc.resize(phc.find('\0'));
  return {.phc = std::move(phc), .pepper_version = version};
}

bool Hasher::matches(std::string_view password, const PasswordHash& stored) const {
  const auto peppers = peppers_of(read_secret(peppers_));
  const std::string secret = peppered(password, peppers, stored.pepper_version);
  const int outcome = argon2id_verify(stored.phc.c_str(), secret.data(), secret.size());
  if (outcome != ARGON2_OK && outcome != ARGON2_VERIFY_MISMATCH) {
    throw Broken(argon2_error_message(outcome));
  }
  return outcome == ARGON2_OK;
}

bool Hasher::outdated(const PasswordHash& stored) const {
  const Cost cost = cost_of(stored.phc);
  return cost.memory_kib < static_cast<unsigned>(memory_kib_) ||
         cost.passes < static_cast<unsigned>(passes_) ||
         stored.pepper_version != static_cast<int>(peppers_of(read_secret(peppers_)).size());
}

}  // namespace bordero::auth
