#pragma once

#include <string>

#include "platform/lists/list_page.hpp"

namespace bordero::audit {

// One page of the log, newest first unless asked otherwise. The total is counted when `counted`.
awaitable<Result<lists::ListPage>> list_page(pg::Transaction& tx, const lists::Request& request,
                                             bool counted);
// Whether this user opened this session.
awaitable<bool> opened_session(pg::Transaction& tx, const std::string& session_id,
                               const std::string& user_id);

}  // namespace bordero::audit
