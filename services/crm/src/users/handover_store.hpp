#pragma once

#include <optional>
#include <string>

#include "platform/pg/database.hpp"
#include "services/crm/src/users/user.hpp"

namespace bordero::crm {

// The deals of a blocked user, and who may take the lead of them, in order of preference.
struct Handover {
  Id<User> user;
  std::vector<std::string> successors;
};

void ask_handover(pg::Transaction& tx, const std::string& user_id, const std::string& successor_id,
                  const std::string& blocked_by);
void cancel_handover(pg::Transaction& tx, const std::string& user_id);
// The oldest that has something to do: a deal that is not set aside, or its own end. Held until the
// transaction ends, and passed over by other workers.
awaitable<std::optional<Handover>> lock_handover(pg::Transaction& tx);
awaitable<bool> has_deals(pg::Transaction& tx, Id<User> user);
// Active admins, for when neither the successor nor who blocked may lead.
awaitable<std::vector<std::string>> list_admins(pg::Transaction& tx);

}  // namespace bordero::crm
