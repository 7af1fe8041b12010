#pragma once

#include <string>

#include "platform/base/clock.hpp"
#include "services/audit/src/merkle/tree.hpp"

namespace bordero::audit {

// What the signer vouches for: at this time the log had this size and this root.
struct Head {
  std::int64_t size = 0;
  Hash root{};
  Instant signed_at;
  std::string signature;   // Ed25519, 64 bytes, over `signed_text`.
  std::string public_key;  // 32 bytes.
};

// "bordero-audit-head-1\n<size>\n<root in hex>\n<signed_at>\n"
std::string signed_text(const Head& head);
bool signature_holds(const Head& head, const std::string& public_key);

class SigningKey {
 public:
  explicit SigningKey(const std::string& seed);  // 32 bytes.
  Head sign(const Tree& tree, Instant at) const;
  const std::string& public_key() const { return public_key_; }

 private:
  std::string public_key_;
  std::string secret_key_;
};

}  // namespace bordero::audit
