#include "services/crm/src/policies/policy_steps.hpp"

#include "platform/search/folding.hpp"
#include "services/crm/src/clients/client_activation.hpp"
#include "services/crm/src/deals/deal_activation.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/policies/policy_events.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/policies/renewal.hpp"
#include "services/crm/src/policies/renewal_deal.hpp"
#include "services/crm/src/policies/schedule.hpp"

namespace bordero::crm {
namespace {

Id<Policy> id_of(const std::string& text) {
  const auto id = Uuid::parse(text);
  ensure(id.has_value(), "a stored policy has an id");
  return Id<Policy>{*id};
}

Context as_system(const Context& ctx, const char* rule) {
  Context acting = ctx;
  acting.caller = system_caller(rule);
  return acting;
}

// Saves what is wanted, tells it, and gives what was saved.
awaitable<SeenPolicy> save_and_tell(pg::Transaction& tx, const Context& ctx,
                                    const SeenPolicy& before, const v1::Policy& wanted) {
  save_policy(tx, wanted);
  refresh_renewals(tx, {wanted.deal_id()});
  SeenPolicy after = co_await view_policy(tx, id_of(wanted.id()));
  after.relation = before.relation;
  announce_moved(tx, ctx, before.view, after);
  co_return after;
}

// A predecessor whose time is over is closed with the day that its successor becomes active; until
// then it stays in force, and the clock closes it.
awaitable<void> close_predecessor(pg::Transaction& tx, const Context& ctx, const std::string& id) {
  const SeenPolicy before = co_await view_policy(tx, id_of(id));
  if (!is_in_force(before.view.status())) co_return;
  if (*Date::parse(before.view.effective_to()) >= clock::today()) co_return;
  v1::Policy wanted = before.view;
  wanted.set_status(v1::POLICY_STATUS_CLOSED);
  wanted.set_closed_on(wanted.effective_to());
  wanted.set_close_reason(kReplaced);
  const Context system = as_system(ctx, "policy_replaced");
  co_await save_and_tell(tx, system, before, wanted);
}

// Deadlines of the deals of these policies: a predecessor may stand in another.
awaitable<void> refresh_deadlines_of(pg::Transaction& tx, const std::vector<std::string>& ids) {
  const auto rows =
      co_await tx.query("SELECT DISTINCT deal_id FROM policies WHERE id = ANY($1::uuid[])", ids);
  std::vector<std::string> deal_ids;
  for (const auto& row : rows) deal_ids.emplace_back(row.text("deal_id"));
  refresh_deadlines(tx, deal_ids);
}

awaitable<void> follow_activation(pg::Transaction& tx, const Context& ctx,
                                  const v1::Policy& policy) {
  if (!policy.predecessor_id().empty()) {
    co_await close_predecessor(tx, ctx, policy.predecessor_id());
  }
  const Context system = as_system(ctx, "policy_activated");
  co_await make_client_active(tx, system, policy.client_id());
  co_await activate_paid_deal(tx, system, policy.deal_id());
}

Result<v1::Policy> stepped(const SeenPolicy& seen, const PolicyStep& step) {
  const bool closing = step.to == v1::POLICY_STATUS_CLOSED;
  const Policy policy = rule_view(seen);
  TRY(may_move(policy, step.to));
  const bool blank = search::is_blank(step.reason);
  if (closing && blank) return invalid_field("reason", "closing_reason_required");
  if (!closing && !blank) return invalid_field("reason", "only_when_closing");
  if (!closing && step.closed_on) return invalid_field("closed_on", "only_when_closing");
  v1::Policy wanted = seen.view;
  wanted.set_status(step.to);
  if (!closing) return wanted;
  wanted.set_closed_on(TRY(closing_date(policy, step.closed_on, clock::today())).str());
  wanted.set_close_reason(step.reason);
  return wanted;
}

void move_periods(v1::Policy& policy, const Span& span) {
  for (auto& period : *policy.mutable_periods()) {
    period.set_starts_on(moved_with(span, *Date::parse(period.starts_on())).str());
    const Date after_end = Date::parse(period.ends_on())->plus_days(1);
    period.set_ends_on(moved_with(span, after_end).plus_days(-1).str());
  }
}

// The draft that continues a policy: dates continued, values copied.
v1::Policy continued(const v1::Policy& policy) {
  const Span span = {*Date::parse(policy.effective_from()), *Date::parse(policy.effective_to())};
  const Span next = next_span(span);
  v1::Policy draft = policy;
  draft.set_id(Id<Policy>::make().str());
  draft.clear_number();
  draft.clear_calculation_id();
  draft.clear_successor_id();
  draft.set_predecessor_id(policy.id());
  draft.set_is_renewal(true);
  draft.set_status(v1::POLICY_STATUS_DRAFT);
  draft.set_effective_from(next.from.str());
  draft.set_effective_to(next.to.str());
  *draft.mutable_instalments() = moved_schedule(policy.instalments(), span);
  move_periods(draft, span);
  return draft;
}

// A newer quote's values; its premium is paid in as many parts as before.
void take_quote(v1::Policy& draft, const Quote& quote) {
  if (quote.values.calculation_id().empty()) return;
  const int parts = std::max({draft.instalments_size(), quote.instalment_count, 1});
  const Span span = {*Date::parse(draft.effective_from()), *Date::parse(draft.effective_to())};
  draft.clear_coverage_sum();
  draft.clear_commission_rate();
  draft.clear_commission_amount();
  draft.clear_periods();
  draft.clear_instalments();
  draft.MergeFrom(quote.values);
  *draft.mutable_instalments() = split_premium(draft.premium(), parts, span);
}

}  // namespace

void keep_policy_ends(pg::Transaction& tx, const std::vector<std::string>& policy_ids) {
  tx.execute(R"sql(
      DELETE FROM deal_dates t USING policies p
       WHERE p.id = ANY($1::uuid[]) AND t.deal_id = p.deal_id AND t.kind = 'policy_end'
         AND t.subject_id = p.id)sql",
             policy_ids);
  tx.execute(R"sql(
      INSERT INTO deal_dates (deal_id, kind, subject_id, on_date, waiting_on, title)
      SELECT p.deal_id, 'policy_end', p.id, p.effective_to, 'agent', p.number
        FROM policies p
        LEFT JOIN policies s ON s.id = p.successor_id
       WHERE p.id = ANY($1::uuid[]) AND p.status IN ('active', 'renewal_pending')
         AND (s.id IS NULL OR s.status = 'draft'))sql",
             policy_ids);
}

awaitable<Result<SeenPolicy>> move_policy(pg::Transaction& tx, const Context& ctx, SeenPolicy seen,
                                          const PolicyStep& step) {
  CO_TRY(v1::Policy wanted, stepped(seen, step));
  const bool issued = seen.view.status() == v1::POLICY_STATUS_DRAFT;
  std::optional<SeenPolicy> renewed;
  if (issued) renewed = co_await take_over_renewal(tx, ctx, wanted);
  SeenPolicy after = co_await save_and_tell(tx, ctx, seen, wanted);
  if (renewed) co_await announce_continued(tx, ctx, *renewed, after.view);
  if (issued) co_await follow_activation(tx, ctx, after.view);
  std::vector<std::string> touched = {wanted.id()};
  if (!wanted.predecessor_id().empty()) touched.push_back(wanted.predecessor_id());
  keep_policy_ends(tx, touched);
  co_await refresh_deadlines_of(tx, touched);
  co_return after;
}

awaitable<Result<SeenPolicy>> renew_policy(pg::Transaction& tx, const Context& ctx, SeenPolicy seen,
                                           const Quote& quote) {
  CO_TRY_VOID(may_renew(rule_view(seen)));
  v1::Policy draft = continued(seen.view);
  take_quote(draft, quote);
  insert_policy(tx, draft);
  v1::Policy wanted = seen.view;
  wanted.set_successor_id(draft.id());
  save_policy(tx, wanted);
  refresh_renewals(tx, {wanted.deal_id()});
  const std::vector<std::string> both = {seen.view.id(), draft.id()};
  auto saved = co_await view_policies(tx, both);
  for (auto& one : saved) one.relation = seen.relation;
  announce_created(tx, ctx, saved[1]);
  announce_renewed(tx, ctx, saved[0], saved[1].view);
  co_return std::move(saved[1]);
}

}  // namespace bordero::crm
