#include "platform/testing/test_ca.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace bordero::testing {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Paper = std::unique_ptr<X509, decltype(&X509_free)>;
constexpr long kDay = 24L * 60 * 60;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

Key new_key() {
  Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  must(key != nullptr, "no key");
  return key;
}

void name_it(X509_NAME* where, const std::string& name) {
  const auto* const text = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(where, "CN", MBSTRING_UTF8, text, -1, -1, 0);
}

void extend(X509* paper, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, paper, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  must(extension != nullptr, "no extension");
  X509_add_ext(paper, extension, -1);
  X509_EXTENSION_free(extension);
}

Paper new_paper(const std::string& name, EVP_PKEY* key, long days) {
  static long serial = 1;
  Paper paper(X509_new(), &X509_free);
  X509_set_version(paper.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), -2 * kDay);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), days * kDay);
  name_it(X509_get_subject_name(paper.get()), name);
  X509_set_pubkey(paper.get(), key);
  return paper;
}

std::string alternative(const std::string& name) {
  boost::system::error_code is_a_name;
  boost::asio::ip::make_address(name, is_a_name);
  return (is_a_name ? "DNS:" : "IP:") + name;
}

void sign(X509* paper, X509* issuer, EVP_PKEY* key) {
  X509_set_issuer_name(paper, X509_get_subject_name(issuer));
  must(X509_sign(paper, key, EVP_sha256()) > 0, "not signed");
}

template <class Write>
std::string pem(Write write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
  must(write(memory.get()) == 1, "not written");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Certificate written(X509* paper, EVP_PKEY* key) {
  return {pem([&](BIO* to) { return PEM_write_bio_X509(to, paper); }), pem([&](BIO* to) {
            return PEM_write_bio_PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace

TestCa::TestCa(const std::string& name)
    : key_(new_key()), certificate_(new_paper(name, key_.get(), 30)) {
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign");
  sign(certificate_.get(), certificate_.get(), key_.get());
  std::string path = "/tmp/bordero-test-ca-XXXXXX";
  const int file = ::mkstemp(path.data());
  must(file >= 0, "no file for a certificate");
  ::close(file);
  file_ = path;
  std::ofstream(file_) << written(certificate_.get(), key_.get()).certificate_pem;
}

TestCa::~TestCa() { ::unlink(file_.c_str()); }

Certificate TestCa::issue(const std::string& name, int days) const {
  const Key key = new_key();
  const Paper paper = new_paper(name, key.get(), days);
  extend(paper.get(), certificate_.get(), NID_subject_alt_name, alternative(name));
  sign(paper.get(), certificate_.get(), key_.get());
  return written(paper.get(), key.get());
}

Certificate TestCa::self_signed(const std::string& name) {
  const Key key = new_key();
  const Paper paper = new_paper(name, key.get(), 30);
  extend(paper.get(), paper.get(), NID_subject_alt_name, alternative(name));
  sign(paper.get(), paper.get(), key.get());
  return written(paper.get(), key.get());
}

}  // namespace bordero::testing
