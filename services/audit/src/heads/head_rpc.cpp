#include "services/audit/src/heads/head_rpc.hpp"

#include "services/audit/src/heads/head_store.hpp"

namespace bordero::audit {

awaitable<Result<v1::SignedHead>> HeadRpc::get_head(Context& ctx, const v1::GetHeadRequest&) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto newest = co_await find_newest_head(tx);
  if (!newest) co_return not_found("head_not_signed_yet");

  v1::SignedHead reply;
  reply.set_size(newest->head.size);
  reply.set_root(hex(newest->head.root));
  reply.set_signed_at(instant_text(newest->head.signed_at));
  reply.set_signature(hex(newest->head.signature));
  reply.set_public_key(hex(newest->head.public_key));
  co_return reply;
}

}  // namespace bordero::audit
