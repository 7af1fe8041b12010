#include "services/crm/src/users/handover_job.hpp"

#include "platform/base/log.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_events.hpp"
#include "services/crm/src/deals/deal_store.hpp"
#include "services/crm/src/deals/new_deal.hpp"
#include "services/crm/src/users/handover_store.hpp"
#include "services/crm/src/users/user_store.hpp"

namespace bordero::crm {
namespace {

constexpr int kDealsAtOnce = 50;
constexpr std::chrono::seconds kStepLimit{10};

awaitable<std::string> successor_of(pg::Transaction& tx, const Handover& handover) {
  auto candidates = handover.successors;
  const auto admins = co_await list_admins(tx);
  candidates.insert(candidates.end(), admins.begin(), admins.end());
  for (const auto& candidate : candidates) {
    const auto id = parse_id<User>(candidate, "successor_id");
    if (!id || *id == handover.user) continue;
    const auto user = co_await find_user(tx, *id, "successor_id");
    if (user && may_take(*user, v1::MEMBER_FUNCTION_LEAD_AGENT)) co_return candidate;
  }
  co_return std::string();
}

Team without_user(const Team& team, const std::string& user_id, const std::string& successor) {
  Team after = team;
  const bool led = holder_of(team, v1::MEMBER_FUNCTION_LEAD_AGENT) == user_id;
  std::erase_if(after, [&](const TeamMember& member) { return member.user_id == user_id; });
  if (!led) return after;
  std::erase(after, TeamMember{successor, v1::MEMBER_FUNCTION_PARTICIPANT});
  after.push_back({successor, v1::MEMBER_FUNCTION_LEAD_AGENT});
  return after;
}

awaitable<TeamChange> hand_over(pg::Transaction& tx, const Context& ctx, Id<Deal> id,
                                const std::string& user_id, const std::string& successor) {
  const auto before = co_await view_deal(tx, id);
  const Team team = team_of(before);
  const Team left = without_user(team, user_id, successor);
  v1::Deal wanted = before;
  set_heads(wanted, left);
  save_team(tx, wanted, team, left);
  save_deal(tx, wanted);
  const auto after = co_await view_deal(tx, id);
  co_return announce_team(tx, ctx, before, after);
}

}  // namespace

awaitable<Result<bool>> hand_over_some(pg::Database& db, redis::Client& redis) {
  Context ctx = system_context("user_blocked", kStepLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto handover = co_await lock_handover(tx);
  if (!handover) co_return false;

  const std::string user_id = handover->user.str();
  const std::string successor = co_await successor_of(tx, *handover);
  if (successor.empty()) {
    log::error("nobody takes a blocked user's deals", {{"user_id", user_id}});
    co_return false;
  }
  const auto deals = co_await lock_deals_of_user(tx, handover->user, kDealsAtOnce);
  std::vector<TeamChange> changes;
  for (const auto& deal : deals) {
    changes.push_back(co_await hand_over(tx, ctx, deal, user_id, successor));
  }
  const bool done = deals.size() < static_cast<std::size_t>(kDealsAtOnce);
  if (done) cancel_handover(tx, user_id);
  CO_TRY_VOID(co_await tx.commit());
  co_await tell_team_changes(redis, std::move(changes));
  co_return !done;
}

}  // namespace bordero::crm
