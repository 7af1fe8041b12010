#pragma once

#include <optional>

#include "platform/pg/database.hpp"
#include "services/audit/src/heads/head.hpp"
#include "services/audit/src/heads/head_store.hpp"

namespace bordero::audit {

// Signs a head when one is due, and only one that extends the last: it starts from the last head's
// own subtrees and adds the entries that stand in the log now.
class HeadSigner {
 public:
  struct Pace {
    std::chrono::seconds period{60};
    std::int64_t records = 1000;
  };
  HeadSigner(pg::Database& db, const SigningKey& key, Pace pace)
      : db_(db), key_(key), pace_(pace) {}

  // The new head, nothing when none is due, or why it refuses to sign.
  awaitable<Result<std::optional<Head>>> sign_when_due();
  // The same, told in logs and metrics; for a job.
  awaitable<void> run();

 private:
  bool due(const std::optional<StoredHead>& last, const Tree& tree) const;
  Result<Tree> trusted(const std::optional<StoredHead>& last) const;
  awaitable<Result<Tree>> extended(Tree tree, std::int64_t size);

  pg::Database& db_;
  const SigningKey& key_;
  Pace pace_;
  std::int64_t signed_size_ = 0;  // Heads do not disappear while the signer watches.
  bool refusing_ = false;
};

}  // namespace bordero::audit
