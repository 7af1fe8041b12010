#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.hpp"
#include "services/crm/src/clients/client_view.hpp"

namespace bordero::crm {

// By what likely duplicates are sought.
struct Probe {
  std::string full_name;
  std::string tax_number;
  std::vector<std::string> phones;  // In E.164.
  std::vector<std::string> emails;
  std::string exclude_id;  // A client that is not its own duplicate.
};
Probe probe_of(const v1::Client& client);

struct Duplicates {
  std::vector<v1::Duplicate> shown;
  bool hidden = false;  // At least one that the caller may not see, within their budget of hints.
};
awaitable<Duplicates> find_duplicates(pg::Transaction& tx, const Caller& caller, Probe probe);

}  // namespace bordero::crm
