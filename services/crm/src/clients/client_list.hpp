#pragma once

#include "platform/pg/database.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

// A page of the clients that the caller may see; archived ones only when the filter speaks of them.
awaitable<Result<v1::ListClientsReply>> list_page_of_clients(pg::Transaction& tx,
                                                             const Caller& caller,
                                                             const v1::ListClientsRequest& request);

}  // namespace bordero::crm
