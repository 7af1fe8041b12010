#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {

awaitable<Result<User>> find_user(pg::Transaction& tx, Id<User> id, const char* field) {
  const auto user = co_await projection::find_user(tx, id);
  if (!user) co_return invalid_field(field, "user_not_found");
  co_return *user;
}

}  // namespace bordero::crm
