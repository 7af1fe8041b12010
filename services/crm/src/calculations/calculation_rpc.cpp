#include "services/crm/src/calculations/calculation_rpc.hpp"

#include <algorithm>

#include "platform/rpc/patch.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/calculations/calculation_events.hpp"
#include "services/crm/src/calculations/calculation_history.hpp"
#include "services/crm/src/calculations/calculation_list.hpp"
#include "services/crm/src/calculations/calculation_moves.hpp"
#include "services/crm/src/calculations/calculation_store.hpp"
#include "services/crm/src/calculations/comparison.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/insurers/insurer_store.hpp"

namespace bordero::crm {
namespace {

// Who sees the deal may write its quotes, unless their role only reads; a closed deal keeps them.
Result<void> may_write(const Context& ctx, const SeenDeal& deal) {
  auto allowed = may(ctx.caller, "deals.write", "deals.read", deal.relation, "deal_not_found");
  if (!allowed) return allowed;
  return may_change(rule_view(deal.view));
}

std::vector<std::string> titles_of(const v1::Deal& deal) {
  std::vector<std::string> titles;
  for (const auto& object : deal.objects()) titles.push_back(object.title());
  return titles;
}

// A quote that is over before it begins would be ended by the clock at once.
Result<void> check_validity(const v1::Calculation& calculation) {
  const auto until = Date::parse(calculation.valid_until());
  if (until && *until < clock::today()) return invalid_field("valid_until", "in_the_past");
  return {};
}

v1::Calculation calculation_from(const v1::CreateCalculationRequest& request) {
  v1::Calculation calculation;
  calculation.set_insurer_id(request.insurer_id());
  calculation.set_product(request.product());
  calculation.set_program(request.program());
  *calculation.mutable_object_titles() = request.object_titles();
  if (request.has_premium()) *calculation.mutable_premium() = request.premium();
  if (request.has_coverage_sum()) *calculation.mutable_coverage_sum() = request.coverage_sum();
  if (request.has_deductible()) *calculation.mutable_deductible() = request.deductible();
  calculation.set_commission_rate(request.commission_rate());
  if (request.has_commission_amount()) {
    *calculation.mutable_commission_amount() = request.commission_amount();
  }
  const bool dated = !request.calculated_on().empty();
  calculation.set_calculated_on(dated ? request.calculated_on() : clock::today().str());
  calculation.set_valid_until(request.valid_until());
  *calculation.mutable_terms() = request.terms();
  *calculation.mutable_extra_terms() = request.extra_terms();
  calculation.set_comments(request.comments());
  return calculation;
}

// What another insurer is asked again: the conditions stay, the answer does not.
v1::Calculation copy_of(const v1::Calculation& from, const std::string& insurer_id) {
  v1::Calculation copy = from;
  copy.clear_status();
  copy.set_copied_from_id(from.id());
  copy.set_calculated_on(clock::today().str());
  if (insurer_id.empty() || insurer_id == from.insurer_id()) {
    const auto until = Date::parse(from.valid_until());
    if (until && *until < clock::today()) copy.clear_valid_until();
    return copy;
  }
  copy.set_insurer_id(insurer_id);
  copy.clear_program();
  copy.clear_premium();
  copy.clear_commission_rate();
  copy.clear_commission_amount();
  copy.clear_valid_until();
  copy.clear_comments();
  return copy;
}

awaitable<Result<void>> check_insurer(pg::Transaction& tx, const v1::Calculation& calculation) {
  CO_TRY(const auto id, parse_id<Insurer>(calculation.insurer_id(), "insurer_id"));
  const auto insurer = co_await find_insurer(tx, id);
  if (!insurer) co_return invalid_field("insurer_id", "insurer_not_found");
  if (!insurer->active()) co_return invalid_field("insurer_id", "insurer_not_active");
  co_return Result<void>();
}

bool holds(const std::vector<std::string>& fields, const char* field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace

awaitable<Result<v1::ListCalculationsReply>> CalculationRpc::list_calculations(
    Context& ctx, const v1::ListCalculationsRequest& request) {
  CO_TRY(auto tx, co_await db_.read(ctx));
  co_return co_await list_page_of_calculations(tx, ctx.caller, request);
}

awaitable<Result<v1::Calculation>> CalculationRpc::get_calculation(
    Context& ctx, const v1::GetCalculationRequest& request) {
  CO_TRY(const auto id, parse_id<Calculation>(request.calculation_id(), "calculation_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(SeenCalculation seen, co_await find_calculation(tx, id, ctx.caller));
  show_calculation(seen.view, ctx.caller, seen.deal.relation, seen.deal.view.status());
  co_return std::move(seen.view);
}

awaitable<Result<v1::Calculation>> CalculationRpc::add(Context& ctx, pg::Transaction& tx,
                                                       const SeenDeal& deal,
                                                       v1::Calculation wanted) {
  CO_TRY_VOID(co_await check_insurer(tx, wanted));
  wanted.set_id(Id<Calculation>::make().str());
  wanted.set_deal_id(deal.view.id());
  insert_calculation(tx, wanted);
  auto made = co_await view_calculation(tx, wanted.id());
  announce_calculation_created(tx, ctx, deal.view, made);
  show_calculation(made, ctx.caller, deal.relation, deal.view.status());
  CO_TRY_VOID(co_await tx.commit(made));
  co_return made;
}

awaitable<Result<v1::Calculation>> CalculationRpc::create_calculation(
    Context& ctx, const v1::CreateCalculationRequest& request) {
  CO_TRY(const auto deal_id, parse_id<Deal>(request.deal_id(), "deal_id"));
  v1::Calculation wanted = calculation_from(request);
  CO_TRY_VOID(check_values(wanted));
  CO_TRY_VOID(check_validity(wanted));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenDeal deal, co_await share_deal(tx, deal_id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, deal));
  CO_TRY_VOID(check_titles(wanted, titles_of(deal.view)));
  co_return co_await add(ctx, tx, deal, std::move(wanted));
}

awaitable<Result<v1::Calculation>> CalculationRpc::update_calculation(
    Context& ctx, const v1::UpdateCalculationRequest& request) {
  CO_TRY(const auto id, parse_id<Calculation>(request.calculation_id(), "calculation_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenCalculation seen, co_await lock_calculation(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen.deal));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "calculation_changed"));
  v1::Calculation wanted = seen.view;
  CO_TRY(const auto fields, rpc::patch(wanted, request, request.update_mask()));
  CO_TRY_VOID(may_set(seen.view.status(), fields));
  CO_TRY_VOID(check_values(wanted));
  CO_TRY_VOID(stays_complete(rule_view(wanted)));
  if (holds(fields, "valid_until")) CO_TRY_VOID(check_validity(wanted));
  if (holds(fields, "insurer_id")) CO_TRY_VOID(co_await check_insurer(tx, wanted));
  if (holds(fields, "object_titles")) {
    CO_TRY_VOID(check_titles(wanted, titles_of(seen.deal.view)));
  }

  v1::Calculation after = seen.view;
  if (!fields.empty()) {
    save_calculation(tx, wanted);
    after = co_await view_calculation(tx, wanted.id());
    announce_calculation_updated(tx, ctx, seen.deal.view, seen.view, after, fields);
  }
  show_calculation(after, ctx.caller, seen.deal.relation, seen.deal.view.status());
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::Calculation>> CalculationRpc::transition_calculation(
    Context& ctx, const v1::TransitionCalculationRequest& request) {
  CO_TRY(const auto id, parse_id<Calculation>(request.calculation_id(), "calculation_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenCalculation seen, co_await lock_calculation(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen.deal));
  CO_TRY_VOID(rpc::check_version(seen.view.version(), request.version(), "calculation_changed"));
  CO_TRY(auto after, co_await move_calculation(tx, ctx, seen, request.status()));
  show_calculation(after, ctx.caller, seen.deal.relation, seen.deal.view.status());
  CO_TRY_VOID(co_await tx.commit(after));
  co_return after;
}

awaitable<Result<v1::Calculation>> CalculationRpc::copy_calculation(
    Context& ctx, const v1::CopyCalculationRequest& request) {
  CO_TRY(const auto id, parse_id<Calculation>(request.calculation_id(), "calculation_id"));
  CO_TRY(auto tx, co_await db_.begin(ctx));

  CO_TRY(const SeenCalculation seen, co_await lock_calculation(tx, id, ctx.caller));
  CO_TRY_VOID(may_write(ctx, seen.deal));
  co_return co_await add(ctx, tx, seen.deal, copy_of(seen.view, request.insurer_id()));
}

awaitable<Result<v1::ListCalculationHistoryReply>> CalculationRpc::list_history(
    Context& ctx, const v1::ListCalculationHistoryRequest& request) {
  CO_TRY(const auto id, parse_id<Calculation>(request.calculation_id(), "calculation_id"));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY_VOID(co_await find_calculation(tx, id, ctx.caller));
  const auto asked = lists::request_of(request);
  co_return co_await history_page(tx, id, asked);
}

awaitable<Result<v1::Comparison>> CalculationRpc::compare_calculations(
    Context& ctx, const v1::CompareCalculationsRequest& request) {
  CO_TRY(const auto ids, ids_to_compare(request.calculation_ids()));
  CO_TRY(auto tx, co_await db_.read(ctx));
  CO_TRY(const auto id, parse_id<Calculation>(ids.front(), "calculation_ids[0]"));
  CO_TRY(const SeenCalculation first, co_await find_calculation(tx, id, ctx.caller));
  CO_TRY(auto calculations, co_await calculations_of_deal(tx, first.view.deal_id(), ids));

  v1::Comparison comparison;
  for (auto& row : compare(calculations)) *comparison.add_rows() = std::move(row);
  for (auto& calculation : calculations) {
    show_calculation(calculation, ctx.caller, first.deal.relation, first.deal.view.status());
    *comparison.add_calculations() = std::move(calculation);
  }
  co_return comparison;
}

}  // namespace bordero::crm
