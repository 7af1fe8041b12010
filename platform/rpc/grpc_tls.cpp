#include "platform/rpc/grpc_tls.hpp"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <mutex>

#include "platform/base/env.hpp"
#include "platform/tls/tls.hpp"

namespace bordero::rpc {
namespace {

namespace tls_of_grpc = grpc::experimental;

constexpr unsigned kLookEverySeconds = 5;

// One for all channels and servers of the process: each has a thread that looks at the files.
std::shared_ptr<tls_of_grpc::CertificateProviderInterface> watched_files() {
  static std::mutex mutex;
  static std::shared_ptr<tls_of_grpc::CertificateProviderInterface> watched;
  static std::string watched_certificate;
  const std::lock_guard lock(mutex);
  const tls::Files& files = tls::files();
  if (!tls::in_use()) {
    throw env::BadSetting("services in processes of their own need BORDERO_TLS_*_FILE");
  }
  if (!watched || watched_certificate != files.certificate) {
    watched = std::make_shared<tls_of_grpc::FileWatcherCertificateProvider>(
        files.key, files.certificate, files.authority, kLookEverySeconds);
    watched_certificate = files.certificate;
  }
  return watched;
}

}  // namespace

std::shared_ptr<grpc::ChannelCredentials> channel_credentials() {
  tls_of_grpc::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(watched_files());
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_certificate_verifier(std::make_shared<tls_of_grpc::HostNameCertificateVerifier>());
  return tls_of_grpc::TlsCredentials(options);
}

std::shared_ptr<grpc::ServerCredentials> server_credentials() {
  tls_of_grpc::TlsServerCredentialsOptions options(watched_files());
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  // Any name of our authority may knock; the dispatcher knows which may enter.
  return tls_of_grpc::TlsServerCredentials(options);
}

std::string caller_in(const grpc::ServerContextBase& context) {
  const auto proved = context.auth_context();
  if (!proved || !proved->IsPeerAuthenticated()) return {};
  const auto names = proved->FindPropertyValues(GRPC_X509_CN_PROPERTY_NAME);
  if (names.size() != 1) return {};
  return {names[0].data(), names[0].size()};
}

}  // namespace bordero::rpc
