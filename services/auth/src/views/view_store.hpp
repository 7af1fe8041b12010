#pragma once

#include "platform/lists/list_page.hpp"
#include "services/auth/src/users/user.hpp"
#include "services/auth/src/views/view.hpp"

namespace bordero::auth {

// Nothing for a view that the user does not see: another's personal one.
awaitable<Result<v1::View>> find_view(pg::Transaction& tx, ViewId id, const std::string& user_id);
awaitable<Result<v1::View>> lock_view(pg::Transaction& tx, ViewId id, const std::string& user_id);
void insert_view(pg::Transaction& tx, const v1::View& view);
void save_view(pg::Transaction& tx, const v1::View& view);
void delete_view(pg::Transaction& tx, const v1::View& view);
// Holds the author's row, so that two tabs together keep the limit.
awaitable<int> lock_view_count(pg::Transaction& tx, UserId author);
awaitable<Result<lists::ListPage>> view_page(pg::Transaction& tx, const Caller& caller,
                                             const lists::Request& request);

}  // namespace bordero::auth
