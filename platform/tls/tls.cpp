#include "platform/tls/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "platform/base/env.hpp"
#include "platform/base/error.hpp"

namespace bordero::tls {
namespace {

// gRPC of this age knows no setting for the least version: without these no older one succeeds,
// since the only cipher left to TLS 1.2 needs a shared key that nobody has.
constexpr const char* kNoOldCiphers = "PSK-AES256-GCM-SHA384";

Files& current() {
  static Files files;
  return files;
}

[[noreturn]] void fail(const std::string& what) {
  std::array<char, 256> said{};
  ERR_error_string_n(ERR_get_error(), said.data(), said.size());
  ERR_clear_error();
  throw Broken(what + ": " + said.data());
}

void load_files(SSL_CTX* context, const Files& from) {
  if (SSL_CTX_load_verify_locations(context, from.authority.c_str(), nullptr) != 1) {
    fail("the authority's certificate cannot be read");
  }
  if (SSL_CTX_use_certificate_chain_file(context, from.certificate.c_str()) != 1) {
    fail("the certificate cannot be read");
  }
  if (SSL_CTX_use_PrivateKey_file(context, from.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    fail("the certificate's key cannot be read or is another's");
  }
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  return inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

// libpq takes these where a connection string says nothing.
void tell_libpq(const Files& from) {
  const std::pair<const char*, std::string> settings[] = {
      {"PGSSLMODE", "verify-full"},           {"PGSSLROOTCERT", from.authority},
      {"PGSSLCERT", from.certificate},        {"PGSSLKEY", from.key},
      {"PGSSLMINPROTOCOLVERSION", "TLSv1.3"},
  };
  for (const auto& [name, value] : settings) {
    if (from.authority.empty()) {
      unsetenv(name);
    } else {
      setenv(name, value.c_str(), 1);
    }
  }
}

}  // namespace

void use(const Files& files) {
  const bool any = !files.authority.empty() || !files.certificate.empty() || !files.key.empty();
  const bool all = !files.authority.empty() && !files.certificate.empty() && !files.key.empty();
  if (any && !all) {
    throw env::BadSetting(
        "BORDERO_TLS_CA_FILE, BORDERO_TLS_CERT_FILE and BORDERO_TLS_KEY_FILE go together");
  }
  if (all) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> probe(SSL_CTX_new(TLS_method()),
                                                                  &SSL_CTX_free);
    try {
      load_files(probe.get(), files);
    } catch (const Broken& broken) {
      throw env::BadSetting(std::string("BORDERO_TLS_*_FILE: ") + broken.what());
    }
    setenv("GRPC_SSL_CIPHER_SUITES", kNoOldCiphers, 1);
  }
  current() = files;
  tell_libpq(files);
}

bool in_use() { return !current().authority.empty(); }

const Files& files() { return current(); }

void set_up_client(SSL_CTX* context, const std::string& host) {
  if (!in_use()) throw env::BadSetting("an address with TLS needs BORDERO_TLS_*_FILE");
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  load_files(context, current());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  X509_VERIFY_PARAM* const checked = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(checked, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const int taken = is_address(host) ? X509_VERIFY_PARAM_set1_ip_asc(checked, host.c_str())
                                     : X509_VERIFY_PARAM_set1_host(checked, host.c_str(), 0);
  if (taken != 1) fail("a host cannot be checked");
}

void refuse_plain(const std::string& what) {
  if (in_use()) throw env::BadSetting(what + " is not encrypted, and this process talks TLS");
}

}  // namespace bordero::tls
