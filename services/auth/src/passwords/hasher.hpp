#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/auth/src/config.hpp"

namespace bordero::auth {

// A password as it is stored: Argon2id over HMAC-SHA-256 with the pepper of this version.
struct PasswordHash {
  std::string phc;
  int pepper_version = 0;
};

// Hashes and compares. Takes a tenth of a second and 64 MiB: only the hash pool calls it.
class Hasher {
 public:
  explicit Hasher(const Config& config);  // Throws env::BadSetting for a malformed pepper file.
  PasswordHash hash(std::string_view password) const;
  bool matches(std::string_view password, const PasswordHash& stored) const;
  // Whether parameters have risen since, or the pepper is not the current one.
  bool outdated(const PasswordHash& stored) const;
  // What nobody's password matches, as costly to compare as a real one.
  const PasswordHash& nobodys() const { return nobodys_; }

 private:
  std::string peppers_;  // Read anew for each password: a line may have been added.
  int memory_kib_;
  int passes_;
  PasswordHash nobodys_;
};

}  // namespace bordero::auth
