#pragma once

#include <string>
#include <vector>

#include "platform/base/uuid.hpp"
#include "platform/pg/database.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

awaitable<Result<SeenClient>> find_client(pg::Transaction& tx, Id<Client> id, const Caller& caller);
// Holds the client's row until the transaction ends, then reads it.
awaitable<Result<SeenClient>> lock_client(pg::Transaction& tx, Id<Client> id, const Caller& caller);
// The same, letting others who only read in.
awaitable<Result<SeenClient>> share_client(pg::Transaction& tx, Id<Client> id,
                                           const Caller& caller);
// The same of a client for whom something new begins: not one in the archive.
awaitable<Result<SeenClient>> share_client_in_use(pg::Transaction& tx, Id<Client> id,
                                                  const Caller& caller);
// Fills what only lists and single reads show: policies in force, their premium, the next date.
awaitable<void> add_figures(pg::Transaction& tx, const Caller& caller, v1::Client& client);
awaitable<v1::Client> view_client(pg::Transaction& tx, Id<Client> id);

// Queued, with the words the client is found by.
void insert_client(pg::Transaction& tx, const v1::Client& client);
void save_client(pg::Transaction& tx, const v1::Client& client);

// The users who see the client by ownership or deals.
awaitable<std::vector<std::string>> audience_of_client(pg::Transaction& tx, Id<Client> id);
void save_distinction(pg::Transaction& tx, Id<Client> one, Id<Client> other, const Caller& caller);

}  // namespace bordero::crm
