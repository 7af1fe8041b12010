#include "services/audit/src/verify/verify_rpc.hpp"

#include "services/audit/src/entries/entry_store.hpp"
#include "services/audit/src/verify/log_verifier.hpp"

namespace bordero::audit {
namespace {

// What one request may check without holding up its thread's other work for long.
constexpr std::int64_t kAtOnce = 20'000;

}  // namespace

awaitable<Result<v1::VerifyReply>> VerifyRpc::verify(Context& ctx, const v1::VerifyRequest&) {
  std::optional<v1::VerifyReply> newest;
  {
    CO_TRY(auto tx, co_await db_.read(ctx));
    const Tree tree = co_await read_tree(tx);
    if (tree.size() > kAtOnce) {
      newest = co_await find_newest_verdict(tx);
      if (!newest) co_return unavailable("log_not_verified_yet", 60);
    }
  }
  if (newest) co_return std::move(*newest);
  co_return co_await verify_log(db_, public_key_);
}

}  // namespace bordero::audit
