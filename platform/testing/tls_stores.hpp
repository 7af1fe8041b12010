#pragma once

#include <cstdlib>
#include <string>

#include "platform/base/error.hpp"
#include "platform/tls/tls.hpp"

namespace bordero::testing {

// The test stores over TLS, as tools/with-test-stores names them: BORDERO_TEST_REDIS_TLS and so on,
// with every right.
inline std::string address_in(const char* variable) {
  const char* const address = std::getenv(variable);
  if (address == nullptr) {
    throw Broken(std::string(variable) + " is not set: run under tools/with-test-stores");
  }
  return address;
}

// The files of this name that the stores' authority has signed.
inline tls::Files files_of(const std::string& name) {
  const std::string folder = address_in("BORDERO_TEST_TLS") + "/";
  return {.authority = folder + "ca.pem",
          .certificate = folder + name + ".pem",
          .key = folder + name + ".pem"};
}

// TLS is in use as long as this lives.
class TlsInUse {
 public:
  explicit TlsInUse(const tls::Files& files) { tls::use(files); }
  ~TlsInUse() { tls::use({}); }
  TlsInUse(const TlsInUse&) = delete;
};

}  // namespace bordero::testing
