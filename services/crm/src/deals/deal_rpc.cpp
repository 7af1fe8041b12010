#include "services/crm/src/deals/deal_rpc.hpp"

#include <algorithm>

#include "platform/rpc/patch.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/calculations/calculation_moves.hpp"
#include "services/crm/src/clients/client_store.hpp"
#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_export.hpp"
#include "services/crm/src/deals/deal_list.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/deals/insured_object.hpp"
#include "services/crm/src/deals/new_deal.hpp"
#include "services/crm/src/journal/happened.hpp"
#include "services/crm/src/policies/renewal_deal.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "deal_not_found";

Result<void> may_do(const Context& ctx, const char* action, const SeenDeal& seen) {
  return may(ctx.caller, action, "deals.read", seen.relation, kMissing);
}

Team team_of_new(const std::string& lead, const std::string& executor,
                 const std::string& controller) {
  Team team = {{lead, v1::MEMBER_FUNCTION_LEAD_AGENT}};
  if (!executor.empty()) team.push_back({executor, v1::MEMBER_FUNCTION_EXECUTOR});
  if (!controller.empty()) team.push_back({controller, v1::MEMBER_FUNCTION_FINANCE_CONTROLLER});
  return team;
}

v1::Deal deal_from(const v1::CreateDealRequest& request, const v1::Client& client) {
  v1::Deal deal;
  deal.set_client_id(client.id());
  deal.set_client_name(client.short_name());
  deal.set_title(request.title());
  deal.set_description(request.description());
  deal.set_start_date(request.start_date());
  deal.set_expected_close_date(request.expected_close_date());
  deal.set_next_review_at(request.next_review_at());
  *deal.mutable_objects() = request.objects();
  title_objects(*deal.mutable_objects());
  return deal;
}

// The executor that a transition names joins the team; only who may change the team does that.
Result<Team> team_after(const Context& ctx, const SeenDeal& seen,
                        const v1::TransitionDealRequest& request) {
  Team team = team_of(seen.view);
  if (request.executor_id().empty() || request.executor_id() == seen.view.executor_id()) {
    return team;
  }
  const auto allowed = may_do(ctx, "deals.team", seen);
  if (!allowed) return allowed.error();
  return with_member(std::move(team), {request.executor_id(), v1::MEMBER_FUNCTION_EXECUTOR});
}

Result<void> check_calculation_goes_with(const v1::TransitionDealRequest& request) {
  if (request.status() == v1::DEAL_STATUS_ISSUANCE) return {};
  return invalid_field("calculation_id", "only_for_issuance");
}

}  // namespace

awaitable<Result<v1::ListDealsReply>> DealRpc::list_deals(Context& ctx,
                                                          const v1::ListDealsRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await list_page_of_deals(tx, ctx.caller, request);
}

awaitable<Result<v1::Deal>> DealRpc::get_deal(Context& ctx, const v1::GetDealRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(SeenDeal seen, co_await find_deal(tx, id, ctx.caller));
  show_deal(seen.view, ctx.caller, seen.relation);
  co_return std::move(seen.view);
}

awaitable<Result<v1::Deal>> DealRpc::create_deal(Context& ctx,
                                                 const v1::CreateDealRequest& request) {
  CO_TRY(const auto client_id, parse_id<Client>(request.client_id(), "client_id"));
  CO_TRY(const auto lead, lead_of_new(ctx.caller, request.lead_agent_id()));
  CO_TRY_VOID(check_objects(request.objects()));
  const Team team = team_of_new(lead, request.executor_id(), request.finance_controller_id());
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenClient client, co_await share_client_in_use(tx, client_id, ctx.caller));
  CO_TRY_VOID(co_await check_team(tx, team));
  const int year = clock::today().year();
  auto deal = co_await found_deal(tx, ctx, deal_from(request, client.view), team, year);
  show_deal(deal, ctx.caller, relation_to(deal, ctx.caller));

  CO_TRY_VOID(co_await tx.commit(deal));
  co_return deal;
}

awaitable<Result<v1::Deal>> DealRpc::update_deal(Context& ctx,
                                                 const v1::UpdateDealRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY_VOID(check_objects(request.objects()));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await lock_deal(tx, id, ctx.caller));
  CO_TRY_VOID(may_do(ctx, "deals.write", seen));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "deal_changed"));
  CO_TRY_VOID(may_change(rule_view(seen.view)));
  v1::Deal wanted = seen.view;
  CO_TRY(const auto fields, rpc::patch(wanted, request, request.update_mask()));
  if (wanted.title().empty()) co_return invalid_field("title", "required");
  title_objects(*wanted.mutable_objects());

  v1::Deal after = seen.view;
  if (!fields.empty()) {
    save_deal(tx, wanted);
    save_deal_words(tx, wanted);
    after = co_await view_deal(tx, id);
    announce_updated(tx, ctx, seen.view, after, fields);
  }
  show_deal(after, ctx.caller, seen.relation);
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::Deal>> DealRpc::transition_deal(Context& ctx,
                                                     const v1::TransitionDealRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await lock_deal(tx, id, ctx.caller));
  CO_TRY_VOID(may_do(ctx, "deals.write", seen));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "deal_changed"));
  CO_TRY(const Team team, team_after(ctx, seen, request));
  v1::Deal wanted = seen.view;
  set_heads(wanted, team);
  if (!request.calculation_id().empty()) {
    CO_TRY_VOID(check_calculation_goes_with(request));
    CO_TRY_VOID(co_await choose_for_issuance(tx, ctx, seen, request.calculation_id()));
    // Whatever it was, the deal has a chosen quote now.
    wanted.set_ready_calculation_count(std::max(1, wanted.ready_calculation_count()));
    wanted.set_chosen_calculation_count(std::max(1, wanted.chosen_calculation_count()));
  }
  CO_TRY_VOID(may_move(rule_view(wanted), {.to = request.status(), .reason = request.reason()}));
  const Team before = team_of(seen.view);
  const bool new_team = team != before;
  if (new_team) {
    const Team executor = {{request.executor_id(), v1::MEMBER_FUNCTION_EXECUTOR}};
    CO_TRY_VOID(co_await check_team(tx, executor));
  }

  wanted.set_status(request.status());
  wanted.set_lost_reason(request.reason());
  save_team(tx, wanted, before, team);
  save_deal(tx, wanted);
  if (!is_open(wanted.status())) co_await give_up_renewal(tx, ctx, wanted);
  auto after = co_await view_deal(tx, id);
  std::vector<TeamChange> changes;
  if (new_team) changes.push_back(announce_team(tx, ctx, seen.view, after));
  announce_moved(tx, ctx, seen.view, after);
  show_deal(after, ctx.caller, seen.relation);
  CO_TRY_VOID(co_await tx.commit(after));
  co_await tell_team_changes(redis_, std::move(changes));
  co_return after;
}

awaitable<Result<v1::Deal>> DealRpc::continue_deal(Context& ctx,
                                                   const v1::ContinueDealRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await lock_deal(tx, id, ctx.caller));
  CO_TRY_VOID(may_do(ctx, "deals.write", seen));
  CO_TRY_VOID(may_continue(rule_view(seen.view)));
  CO_TRY(const auto client_id, parse_id<Client>(seen.view.client_id(), "client_id"));
  CO_TRY_VOID(co_await share_client_in_use(tx, client_id, ctx.caller));
  const Team team = co_await still_fit(tx, ctx.caller, team_of(seen.view));
  CO_TRY_VOID(co_await check_team(tx, team));
  v1::Deal next;
  next.set_client_id(seen.view.client_id());
  next.set_client_name(seen.view.client_name());
  next.set_title(request.title().empty() ? seen.view.title() : request.title());
  next.set_description(seen.view.description());
  *next.mutable_objects() = seen.view.objects();
  next.set_continued_from_id(seen.view.id());
  const int year = clock::today().year();
  auto deal = co_await found_deal(tx, ctx, std::move(next), team, year);
  write_happened(tx, ctx, seen.view.id(), {.kind = "continued", .to = deal.number()});
  show_deal(deal, ctx.caller, relation_to(deal, ctx.caller));

  CO_TRY_VOID(co_await tx.commit(deal));
  co_return deal;
}

awaitable<Result<v1::Deal>> DealRpc::change_team(Context& ctx, pg::Transaction& tx,
                                                 const SeenDeal& seen, const Team& team) {
  v1::Deal wanted = seen.view;
  set_heads(wanted, team);
  save_team(tx, wanted, team_of(seen.view), team);
  save_deal(tx, wanted);
  CO_TRY(const auto id, parse_id<Deal>(wanted.id(), "deal_id"));
  auto after = co_await view_deal(tx, id);
  std::vector<TeamChange> changes = {announce_team(tx, ctx, seen.view, after)};
  show_deal(after, ctx.caller, relation_to(after, ctx.caller));
  CO_TRY_VOID(co_await tx.commit(after));
  co_await tell_team_changes(redis_, std::move(changes));
  co_return after;
}

awaitable<Result<v1::Deal>> DealRpc::add_member(Context& ctx, const v1::AddMemberRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await lock_deal(tx, id, ctx.caller));
  CO_TRY_VOID(may_do(ctx, "deals.team", seen));
  const TeamMember joining = {request.user_id(), request.function()};
  CO_TRY(const Team team, with_member(team_of(seen.view), joining));
  const Team joins = {joining};
  CO_TRY_VOID(co_await check_team(tx, joins));
  co_return co_await change_team(ctx, tx, seen, team);
}

awaitable<Result<v1::Deal>> DealRpc::remove_member(Context& ctx,
                                                   const v1::RemoveMemberRequest& request) {
  CO_TRY(const auto id, parse_id<Deal>(request.deal_id(), "deal_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal seen, co_await lock_deal(tx, id, ctx.caller));
  CO_TRY_VOID(may_do(ctx, "deals.team", seen));
  CO_TRY(const Team team, without_member(team_of(seen.view), request.user_id()));
  co_return co_await change_team(ctx, tx, seen, team);
}

awaitable<Result<v1::ExportDealsReply>> DealRpc::export_deals(
    Context& ctx, const v1::ExportDealsRequest& request) {
  std::optional<Id<Deal>> after;
  if (!request.after_id().empty()) {
    CO_TRY(after, parse_id<Deal>(request.after_id(), "after_id"));
  }
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await export_deals_after(tx, after);
}

awaitable<Result<void>> DealRpc::still_visible(Context& ctx, const std::string& deal_id) {
  CO_TRY(const auto id, parse_id<Deal>(deal_id, "deal_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await find_deal(tx, id, ctx.caller));
  co_return Result<void>();
}

}  // namespace bordero::crm
