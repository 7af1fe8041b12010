#include "services/crm/src/clients/client_activation.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_store.hpp"

namespace bordero::crm {

namespace {

Id<Client> id_of(const std::string& text) {
  const auto uuid = Uuid::parse(text);
  ensure(uuid.has_value(), "a policy has a client");
  return Id<Client>{*uuid};
}

awaitable<void> save_status(pg::Transaction& tx, const Context& ctx, const v1::Client& before,
                            v1::ClientStatus status) {
  const Id<Client> id = id_of(before.id());
  v1::Client wanted = before;
  wanted.set_status(status);
  save_client(tx, wanted);
  v1::ClientUpdated event;
  *event.mutable_before() = before;
  event.mutable_before()->clear_deal_count();
  *event.mutable_after() = co_await view_client(tx, id);
  event.mutable_after()->clear_deal_count();
  const int version = event.after().version();
  const auto audience = co_await audience_of_client(tx, id);
  mq::publish(tx, ctx, event, about("client", before.id(), version, audience));
}

}  // namespace

awaitable<void> make_client_active(pg::Transaction& tx, const Context& ctx,
                                   const std::string& client_id) {
  const Id<Client> id = id_of(client_id);
  tx.execute("SELECT FROM clients WHERE id = $1 FOR UPDATE", id);
  const v1::Client before = co_await view_client(tx, id);
  if (before.status() == v1::CLIENT_STATUS_ACTIVE) co_return;
  co_await save_status(tx, ctx, before, v1::CLIENT_STATUS_ACTIVE);
}

awaitable<void> make_client_inactive(pg::Transaction& tx, const Context& ctx,
                                     const std::string& client_id) {
  const Id<Client> id = id_of(client_id);
  tx.execute("SELECT FROM clients WHERE id = $1 FOR UPDATE", id);
  const v1::Client before = co_await view_client(tx, id);
  if (before.status() != v1::CLIENT_STATUS_ACTIVE) co_return;
  co_await save_status(tx, ctx, before, v1::CLIENT_STATUS_INACTIVE);
}

}  // namespace bordero::crm
