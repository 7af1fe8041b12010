#pragma once

#include "platform/base/context.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

// The client with the item's changes, or the rule that forbids them. Whether the new owner may own
// clients is not decided here.
Result<v1::Client> with_item(const v1::Client& client, const v1::BatchClient& item, Role role);

// The item that puts back what `item` changes in this client.
v1::BatchClient way_back(const v1::Client& before, const v1::Client& after,
                         const v1::BatchClient& item);

}  // namespace bordero::crm
