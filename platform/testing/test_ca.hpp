#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace bordero::testing {

struct Certificate {
  std::string certificate_pem;
  std::string key_pem;
};

// A certificate authority that nobody trusts unless a test says so. Its own certificate lies in a
// file for as long as it lives.
class TestCa {
 public:
  explicit TestCa(const std::string& name = "Test authority");
  ~TestCa();
  TestCa(const TestCa&) = delete;
  TestCa& operator=(const TestCa&) = delete;

  // For a name or a numeric address, valid from yesterday for so many days; an end in the past
  // makes an expired one.
  Certificate issue(const std::string& name, int days = 30) const;
  // The same, signed by its own key.
  static Certificate self_signed(const std::string& name);
  const std::string& file() const { return file_; }

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<X509, decltype(&X509_free)> certificate_;
  std::string file_;
};

}  // namespace bordero::testing
