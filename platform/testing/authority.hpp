#pragma once

#include <openssl/types.h>

#include <filesystem>
#include <memory>
#include <string>

#include "platform/tls/tls.hpp"

namespace bordero::testing {

// An authority for certificates that lives as long as a test, with its files in a folder of its
// own.
class Authority {
 public:
  Authority();
  ~Authority();
  Authority(const Authority&) = delete;

  // Files of a certificate with this name, for 127.0.0.1 and localhost too. The same name again
  // replaces the files by a rename.
  tls::Files issue(const std::string& name);
  const std::string& path() const { return certificate_path_; }

 private:
  std::filesystem::path folder_;
  std::string certificate_path_;
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
  std::unique_ptr<X509, void (*)(X509*)> certificate_;
};

}  // namespace bordero::testing
