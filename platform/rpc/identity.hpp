#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

namespace bordero::rpc {

// What an identity token says: a JWS that Auth signs (EdDSA, typ "bordero-id+jwt", 120 s).
struct Identity {
  Caller caller;
  std::int64_t auth_time = 0;
  std::int64_t expires_at = 0;  // Unix seconds.
};

struct PublicKey {
  std::string kid;
  std::string bytes;  // Ed25519, 32 bytes.
};

// Signs an identity; used by Auth alone. `secret_key` is Ed25519's 64 bytes (libsodium).
std::string sign_identity(const Identity& identity, const std::string& kid,
                          const std::string& secret_key);

// The verifying keys of one worker thread. Fetches from Auth on an unknown kid, at most once in
// 10 s, and keeps verified tokens for their life. Whoever meets an unknown kid while the keys are
// on their way waits for the same answer.
class KeyRing {
 public:
  using Fetch = std::function<awaitable<Result<std::vector<PublicKey>>>()>;
  explicit KeyRing(Fetch fetch);
  ~KeyRing();
  awaitable<Result<Caller>> verify(const std::string& token);

 private:
  struct Book;
  awaitable<void> refresh();
  static awaitable<void> fetch_into(std::shared_ptr<Book> book);

  // Shared with a fetch under way, which may outlive the ring.
  std::shared_ptr<Book> book_;
  std::unordered_map<std::string, Identity> verified_;
};

}  // namespace bordero::rpc
