#include "services/gateway/src/doors/secret_file.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <sys/stat.h>

#include <array>
#include <fstream>

#include "platform/base/bytes.hpp"

namespace bordero::gateway {
namespace {

constexpr std::size_t kMostSecrets = 2;

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(const std::string& text) {
  Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

}  // namespace

SecretFile::Mark SecretFile::mark_of(const std::string& path) {
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return {};
  return {.device = found.st_dev,
          .inode = found.st_ino,
          .size = found.st_size,
          .changed_s = found.st_ctim.tv_sec,
          .changed_ns = found.st_ctim.tv_nsec};
}

std::vector<std::string> SecretFile::secrets() {
  const Mark mark = mark_of(path_);
  const std::lock_guard lock(guard_);
  if (mark == mark_) return secrets_;
  mark_ = mark;
  secrets_.clear();
  std::ifstream file(path_);
  for (std::string line; secrets_.size() < kMostSecrets && std::getline(file, line);) {
    if (!line.empty()) secrets_.push_back(line);
  }
  return secrets_;
}

// Digests have one length, so that the comparison tells nothing of the secret's either.
bool same_secret(const std::string& one, const std::string& other) {
  const Digest first = digest_of(one);
  const Digest second = digest_of(other);
  return CRYPTO_memcmp(first.data(), second.data(), first.size()) == 0;
}

std::string signature_of(const std::string& key, const std::string& text) {
  Digest digest;
  unsigned int size = digest.size();
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  return hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace bordero::gateway
