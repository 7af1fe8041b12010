#pragma once

#include <tuple>

#include "platform/pg/database.hpp"
#include "platform/redis/client.hpp"
#include "services/crm/src/deals/deal_view.hpp"

namespace bordero::crm {

class DealRpc {
 public:
  DealRpc(pg::Database& db, redis::Client& redis) : db_(db), redis_(redis) {}

  awaitable<Result<v1::ListDealsReply>> list_deals(Context& ctx,
                                                   const v1::ListDealsRequest& request);
  awaitable<Result<v1::Deal>> get_deal(Context& ctx, const v1::GetDealRequest& request);
  awaitable<Result<v1::Deal>> create_deal(Context& ctx, const v1::CreateDealRequest& request);
  awaitable<Result<v1::Deal>> update_deal(Context& ctx, const v1::UpdateDealRequest& request);
  awaitable<Result<v1::Deal>> transition_deal(Context& ctx,
                                              const v1::TransitionDealRequest& request);
  awaitable<Result<v1::Deal>> continue_deal(Context& ctx, const v1::ContinueDealRequest& request);
  awaitable<Result<v1::Deal>> add_member(Context& ctx, const v1::AddMemberRequest& request);
  awaitable<Result<v1::Deal>> remove_member(Context& ctx, const v1::RemoveMemberRequest& request);
  awaitable<Result<v1::ExportDealsReply>> export_deals(Context& ctx,
                                                       const v1::ExportDealsRequest& request);
  // Whether the deal that a kept answer shows may still be seen.
  awaitable<Result<void>> still_visible(Context& ctx, const std::string& deal_id);

  // The rpcs of the contract that it answers.
  static auto handlers() {
    return std::tuple(&DealRpc::list_deals, &DealRpc::get_deal, &DealRpc::create_deal,
                      &DealRpc::update_deal, &DealRpc::transition_deal, &DealRpc::continue_deal,
                      &DealRpc::add_member, &DealRpc::remove_member, &DealRpc::export_deals);
  }

 private:
  awaitable<Result<v1::Deal>> change_team(Context& ctx, pg::Transaction& tx, const SeenDeal& seen,
                                          const Team& after);

  pg::Database& db_;
  redis::Client& redis_;
};

}  // namespace bordero::crm
