#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "platform/base/async.hpp"
#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/database.hpp"
#include "services/auth/src/config.hpp"
#include "services/auth/src/keys/key_store.hpp"

namespace bordero::auth {

// The keys as one worker thread knows them, read again every minute.
class KeyBook {
 public:
  KeyBook(pg::Database& db, const Config& config) : db_(db), config_(config) {}

  struct Signer {
    std::string kid;
    std::string secret_key;
  };
  awaitable<Result<Signer>> signer(Context& context);
  awaitable<Result<std::vector<SigningKey>>> keys(Context& context);

 private:
  awaitable<Result<void>> refresh(Context& context);
  awaitable<Result<void>> make_first(Context& context);

  pg::Database& db_;
  const Config& config_;
  std::vector<SigningKey> keys_;
  Signer signer_;
  std::chrono::steady_clock::time_point read_at_{};
};

}  // namespace bordero::auth
