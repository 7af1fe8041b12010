#include "platform/tls/tls.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>

#include "platform/base/env.hpp"
#include "platform/testing/authority.hpp"
#include "platform/testing/tls_stores.hpp"

namespace bordero::tls {
namespace {

using testing::TlsInUse;
using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

Context context_of(const SSL_METHOD* method) { return {SSL_CTX_new(method), &SSL_CTX_free}; }

Context server_of(const Files& files, int newest = TLS1_3_VERSION) {
  Context context = context_of(TLS_server_method());
  SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str());
  SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_load_verify_locations(context.get(), files.authority.c_str(), nullptr);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_max_proto_version(context.get(), newest);
  return context;
}

// Whether both sides come to terms; they talk through memory.
bool agree(SSL_CTX* server_context, const std::string& host) {
  const Context client_context = context_of(TLS_client_method());
  set_up_client(client_context.get(), host);
  const Session client(SSL_new(client_context.get()), &SSL_free);
  const Session server(SSL_new(server_context), &SSL_free);
  BIO* ours = nullptr;
  BIO* theirs = nullptr;
  BIO_new_bio_pair(&ours, 0, &theirs, 0);
  SSL_set_bio(client.get(), ours, ours);
  SSL_set_bio(server.get(), theirs, theirs);
  SSL_set_connect_state(client.get());
  SSL_set_accept_state(server.get());
  for (int turn = 0; turn < 10; ++turn) {
    const bool connected = SSL_do_handshake(client.get()) == 1;
    const bool accepted = SSL_do_handshake(server.get()) == 1;
    if (connected && accepted) return true;
  }
  return false;
}

TEST(Tls, TheNameOrAddressThatIsAskedForMustBeInTheCertificate) {
  testing::Authority authority;
  const TlsInUse in_use(authority.issue("gateway"));
  const Context server = server_of(authority.issue("redis"));

  EXPECT_TRUE(agree(server.get(), "redis"));
  EXPECT_TRUE(agree(server.get(), "127.0.0.1"));
  EXPECT_FALSE(agree(server.get(), "rabbitmq"));
  EXPECT_FALSE(agree(server.get(), "127.0.0.2"));
}

TEST(Tls, BothSidesMustHaveTheSameAuthority) {
  testing::Authority authority;
  testing::Authority other;
  const Context server = server_of(authority.issue("redis"));

  const TlsInUse in_use(other.issue("gateway"));
  EXPECT_FALSE(agree(server.get(), "redis"));
  tls::Files forged = other.issue("gateway");
  forged.authority = authority.path();
  use(forged);
  EXPECT_FALSE(agree(server.get(), "redis"));
}

TEST(Tls, OlderVersionsAreRefused) {
  testing::Authority authority;
  const TlsInUse in_use(authority.issue("gateway"));

  EXPECT_FALSE(agree(server_of(authority.issue("redis"), TLS1_2_VERSION).get(), "redis"));
}

TEST(Tls, EveryConnectionReadsTheFilesAnew) {
  testing::Authority authority;
  testing::Authority next;
  const Files files = authority.issue("gateway");
  const TlsInUse in_use(files);
  const Context server = server_of(next.issue("redis"));
  EXPECT_FALSE(agree(server.get(), "redis"));

  std::filesystem::rename(next.issue("gateway").certificate, files.certificate);
  std::filesystem::copy_file(next.path(), authority.path() + ".new");
  std::filesystem::rename(authority.path() + ".new", authority.path());

  EXPECT_TRUE(agree(server.get(), "redis"));
}

TEST(Tls, FilesThatDoNotFitStopTheStart) {
  testing::Authority authority;
  const Files files = authority.issue("gateway");
  const Files foreign = authority.issue("crm");

  EXPECT_THROW(use({.authority = files.authority}), env::BadSetting);
  EXPECT_THROW(use({files.authority, files.certificate, foreign.key}), env::BadSetting);
  EXPECT_THROW(use({"/nowhere", files.certificate, files.key}), env::BadSetting);
  EXPECT_FALSE(in_use());
}

}  // namespace
}  // namespace bordero::tls
