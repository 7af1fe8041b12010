#pragma once

#include <tuple>

#include "platform/rpc/dispatcher.hpp"
#include "services/auth/src/views/view.hpp"

namespace bordero::auth {

class ViewRpc {
 public:
  explicit ViewRpc(pg::Database& db) : db_(db) {}
  awaitable<Result<v1::ListViewsReply>> list_views(Context& context,
                                                   const v1::ListViewsRequest& request);
  awaitable<Result<v1::View>> get_view(Context& context, const v1::GetViewRequest& request);
  awaitable<Result<v1::View>> create_view(Context& context, const v1::CreateViewRequest& request);
  awaitable<Result<v1::View>> update_view(Context& context, const v1::UpdateViewRequest& request);
  awaitable<Result<common::v1::Empty>> delete_view(Context& context,
                                                   const v1::DeleteViewRequest& request);

  // Kept answers are shown again to who still sees the view.
  awaitable<Result<void>> still_visible(Context& context, const std::string& view_id);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&ViewRpc::list_views, &ViewRpc::get_view, &ViewRpc::create_view,
                      &ViewRpc::update_view, &ViewRpc::delete_view);
  }

 private:
  pg::Database& db_;
};

}  // namespace bordero::auth
