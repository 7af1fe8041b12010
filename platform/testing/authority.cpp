#include "platform/testing/authority.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"

namespace bordero::testing {
namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

constexpr long kHour = 3600;

Key fresh_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  ensure(extension != nullptr, "an extension of a certificate is well-formed");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate unsigned_certificate(const std::string& name, EVP_PKEY* key) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()),
                          std::hash<std::string>()(Uuid::v7().str()));
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHour);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return certificate;
}

void write(const std::string& path, X509* certificate, EVP_PKEY* key) {
  const std::string draft = path + ".new";
  {
    const File file(std::fopen(draft.c_str(), "w"), &std::fclose);
    ensure(file != nullptr, "a certificate can be written");
    if (key != nullptr)
      PEM_write_PrivateKey(file.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_X509(file.get(), certificate);
  }
  std::filesystem::permissions(draft, std::filesystem::perms::owner_read);
  std::filesystem::rename(draft, path);
}

}  // namespace

Authority::Authority()
    : folder_(std::filesystem::temp_directory_path() / ("authority-" + Uuid::v7().str())),
      certificate_path_(folder_ / "ca.pem"),
      key_(fresh_key()),
      certificate_(unsigned_certificate("test authority", key_.get())) {
  std::filesystem::create_directory(folder_);
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  write(certificate_path_, certificate_.get(), nullptr);
}

Authority::~Authority() { std::filesystem::remove_all(folder_); }

tls::Files Authority::issue(const std::string& name) {
  const Key key = fresh_key();
  const Certificate certificate = unsigned_certificate(name, key.get());
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate.get(), certificate_.get(), NID_subject_alt_name,
         "DNS:" + name + ",DNS:localhost,IP:127.0.0.1");
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  const std::string path = folder_ / (name + ".pem");
  write(path, certificate.get(), key.get());
  return {.authority = certificate_path_, .certificate = path, .key = path};
}

}  // namespace bordero::testing
