#include "services/crm/src/clients/client_batch_rpc.hpp"

#include "platform/rpc/patch.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/batch.hpp"
#include "services/crm/src/clients/client_batch.hpp"
#include "services/crm/src/clients/client_events.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {

struct ClientBatchRpc::Changed {
  v1::Client before;
  v1::Client after;
  policy::Relation relation;
};

namespace {

awaitable<Result<void>> check_owner(pg::Transaction& tx, const std::string& owner_id) {
  CO_TRY(const auto id, parse_id<User>(owner_id, "owner_id"));
  CO_TRY(const User user, co_await find_user(tx, id, "owner_id"));
  co_return may_own(user);
}

bool differ(const v1::Client& one, const v1::Client& other) {
  return one.SerializeAsString() != other.SerializeAsString();
}

}  // namespace

awaitable<Result<ClientBatchRpc::Changed>> ClientBatchRpc::change(Context& ctx, pg::Transaction& tx,
                                                                  const v1::BatchClient& item) {
  CO_TRY(const auto id, parse_id<Client>(item.id(), "id"));
  CO_TRY(const SeenClient seen, co_await lock_client(tx, id, ctx.caller));
  CO_TRY_VOID(may(ctx.caller, "clients.write", "clients.read", seen.relation, "client_not_found"));
  const int expected = item.version() > 0 ? item.version() : seen.view.version();
  CO_TRY_VOID(rpc::check_version(seen.view.version(), expected, "client_changed"));
  CO_TRY(const v1::Client wanted, with_item(seen.view, item, ctx.caller.role));
  if (wanted.owner_id() != seen.view.owner_id()) {
    CO_TRY_VOID(co_await check_owner(tx, wanted.owner_id()));
  }

  Changed changed{.before = seen.view, .after = seen.view, .relation = seen.relation};
  if (!differ(seen.view, wanted)) co_return changed;
  save_client(tx, wanted);
  changed.after = co_await view_client(tx, id);
  const auto audience = co_await audience_of_client(tx, id);
  announce_updated(tx, ctx, changed.before, changed.after, audience);
  co_return changed;
}

awaitable<Result<v1::BatchClientsReply>> ClientBatchRpc::batch_clients(
    Context& ctx, const v1::BatchClientsRequest& request) {
  CO_TRY(const std::vector<int> order, in_lock_order(request.items()));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  v1::BatchClientsReply reply;
  for (const auto& item : request.items()) reply.add_results()->set_id(item.id());
  std::vector<std::string> touched;
  for (const int at : order) {
    const auto& item = request.items(at);
    auto& result = *reply.mutable_results(at);
    auto changed = co_await change(ctx, tx, item);
    if (!changed) {
      refuse_item(result, changed.error());
      continue;
    }
    const v1::BatchClient back = way_back(changed->before, changed->after, item);
    const bool moved = changed->after.version() != changed->before.version();
    if (moved && with_item(changed->after, back, ctx.caller.role)) *reply.add_undo() = back;
    if (changed->after.owner_id() != changed->before.owner_id()) {
      touched.push_back(changed->before.owner_id());
    }
    result.set_ok(true);
    *result.mutable_client() = std::move(changed->after);
    show_client(*result.mutable_client(), ctx.caller, changed->relation);
  }
  CO_TRY_VOID(co_await tx.commit(reply));
  if (!touched.empty()) co_await raise_acl(redis_, std::move(touched));
  co_return reply;
}

}  // namespace bordero::crm
