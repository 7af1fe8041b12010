#pragma once

#include <vector>

#include "bordero/audit/v1/audit.pb.h"
#include "platform/lists/list_query.hpp"

namespace bordero::audit {

struct EntryPage {
  std::vector<v1::Entry> entries;
  std::string next_page_token;
  lists::Total total;
};

// One page of the log, newest first unless asked otherwise. The total is counted when `counted`.
awaitable<Result<EntryPage>> list_page(pg::Transaction& tx, const lists::Request& request,
                                       bool counted);
// Whether this user opened this session.
awaitable<bool> opened_session(pg::Transaction& tx, const std::string& session_id,
                               const std::string& user_id);

}  // namespace bordero::audit
