#include "services/auth/src/keys/key_book.hpp"

#include <algorithm>

#include "services/auth/src/secret.hpp"

namespace bordero::auth {
namespace {

constexpr std::chrono::seconds kFresh{60};

const SigningKey* signing(const std::vector<SigningKey>& keys) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [](const auto& key) { return key.signs; });
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace

awaitable<Result<void>> KeyBook::make_first(Context& context) {
  Context quiet = context;
  quiet.idempotency_key.clear();
  CO_TRY(auto tx, co_await db_.begin(quiet));
  co_await renew_keys(tx, config_);
  co_return co_await tx.commit();
}

awaitable<Result<void>> KeyBook::refresh(Context& context) {
  const auto now = std::chrono::steady_clock::now();
  if (!keys_.empty() && now - read_at_ < kFresh) co_return Result<void>{};
  std::vector<SigningKey> keys;
  for (int tries = 0; tries < 2 && signing(keys) == nullptr; ++tries) {
    if (tries > 0) CO_TRY_VOID(co_await make_first(context));
    CO_TRY(auto tx, co_await db_.read(context));
    keys = co_await list_keys(tx);
  }
  const SigningKey* current = signing(keys);
  ensure(current != nullptr, "there is a key that signs");
  if (current->kid != signer_.kid) {
    signer_ = {.kid = current->kid, .secret_key = unseal(config_.seal_key, current->sealed_secret)};
  }
  keys_ = std::move(keys);
  read_at_ = now;
  co_return Result<void>{};
}

awaitable<Result<KeyBook::Signer>> KeyBook::signer(Context& context) {
  CO_TRY_VOID(co_await refresh(context));
  co_return signer_;
}

awaitable<Result<std::vector<SigningKey>>> KeyBook::keys(Context& context) {
  CO_TRY_VOID(co_await refresh(context));
  co_return keys_;
}

}  // namespace bordero::auth
