#include "services/crm/src/clients/client_events.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "services/crm/src/access/access.hpp"

namespace bordero::crm {

void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Client& before,
                      const v1::Client& after, const std::vector<std::string>& audience) {
  v1::ClientUpdated event;
  *event.mutable_before() = before;
  event.mutable_before()->clear_deal_count();
  *event.mutable_after() = after;
  mq::publish(tx, ctx, event, about("client", after.id(), after.version(), audience));
}

}  // namespace bordero::crm
