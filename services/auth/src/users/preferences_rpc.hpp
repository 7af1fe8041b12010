#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "services/auth/src/users/user.hpp"

namespace bordero::auth {

class PreferencesRpc {
 public:
  explicit PreferencesRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::Preferences>> get_preferences(Context& context,
                                                     const v1::GetPreferencesRequest& request);
  awaitable<Result<v1::Preferences>> update_preferences(
      Context& context, const v1::UpdatePreferencesRequest& request);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&PreferencesRpc::get_preferences, &PreferencesRpc::update_preferences);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::auth
