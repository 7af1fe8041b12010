#include "services/crm/src/deals/new_deal.hpp"

#include <algorithm>

#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

const char* field_of(v1::MemberFunction function) {
  switch (function) {
    case v1::MEMBER_FUNCTION_LEAD_AGENT:
      return "lead_agent_id";
    case v1::MEMBER_FUNCTION_EXECUTOR:
      return "executor_id";
    case v1::MEMBER_FUNCTION_FINANCE_CONTROLLER:
      return "finance_controller_id";
    default:
      return "user_id";
  }
}

}  // namespace

Result<std::string> lead_of_new(const Caller& caller, const std::string& asked) {
  if (asked.empty() || asked == caller.user_id) return caller.user_id;
  if (caller.role != Role::admin) return invalid_field("lead_agent_id", "admins_only");
  return asked;
}

awaitable<Result<void>> check_team(pg::Transaction& tx, const Team& team) {
  for (const auto& member : team) {
    const char* field = field_of(member.function);
    CO_TRY(const auto id, parse_id<User>(member.user_id, field));
    CO_TRY(const User user, co_await find_user(tx, id, field));
    CO_TRY_VOID(may_take(user, member.function));
  }
  co_return Result<void>();
}

awaitable<Team> still_fit(pg::Transaction& tx, const Caller& caller, const Team& team) {
  Team fit;
  for (const auto& member : team) {
    const Team alone = {member};
    const auto checked = co_await check_team(tx, alone);
    if (checked) fit.push_back(member);
  }
  if (holder_of(fit, v1::MEMBER_FUNCTION_LEAD_AGENT).empty()) {
    std::erase(fit, TeamMember{caller.user_id, v1::MEMBER_FUNCTION_PARTICIPANT});
    fit.push_back({caller.user_id, v1::MEMBER_FUNCTION_LEAD_AGENT});
  }
  co_return fit;
}

void set_heads(v1::Deal& deal, const Team& team) {
  deal.set_lead_agent_id(holder_of(team, v1::MEMBER_FUNCTION_LEAD_AGENT));
  deal.set_executor_id(holder_of(team, v1::MEMBER_FUNCTION_EXECUTOR));
  deal.set_finance_controller_id(holder_of(team, v1::MEMBER_FUNCTION_FINANCE_CONTROLLER));
}

awaitable<v1::Deal> found_deal(pg::Transaction& tx, const Context& ctx, v1::Deal deal,
                               const Team& team, int year) {
  if (deal.id().empty()) deal.set_id(Id<Deal>::make().str());
  deal.set_status(v1::DEAL_STATUS_DRAFT);
  deal.set_number(co_await next_deal_number(tx, year));
  set_heads(deal, team);
  insert_deal(tx, deal);
  const Team nobody;
  save_team(tx, deal, nobody, team);
  save_deal_words(tx, deal);
  const auto id = parse_id<Deal>(deal.id(), "id");
  auto saved = co_await view_deal(tx, *id);
  announce_created(tx, ctx, saved);
  co_return saved;
}

}  // namespace bordero::crm
