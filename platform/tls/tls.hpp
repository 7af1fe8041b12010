#pragma once

#include <openssl/types.h>

#include <string>

// Mutual TLS of this process with everything that it talks to: one certificate says who it is, and
// one authority whom it believes. TLS 1.3 alone.
namespace bordero::tls {

// Paths of PEM files. Certificate and key may lie in one file, which then changes as a whole. All
// of them are read anew for every connection.
struct Files {
  std::string authority;
  std::string certificate;
  std::string key;
};

// From here on every link of this process is TLS, those of libpq too; Unix sockets stay as they
// are. Before any thread starts; throws BadSetting when the files are not what they should be.
// Nothing at all takes it back, for tests.
void use(const Files& files);
bool in_use();
const Files& files();

// For a connection to `host`, a name or an address, which the peer's certificate must have. Throws
// Broken when the files cannot be read.
void set_up_client(SSL_CTX* context, const std::string& host);

// Throws BadSetting for a plain address of a store while TLS is in use.
void refuse_plain(const std::string& what);

}  // namespace bordero::tls
