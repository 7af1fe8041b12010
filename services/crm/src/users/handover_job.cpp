#include "services/crm/src/users/handover_job.hpp"

#include "platform/background/take_some.hpp"
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

awaitable<Result<void>> hand_over_deals(pg::Transaction& tx, const Context& ctx,
                                        redis::Client& redis, background::Portion& portion) {
  const auto handover = co_await lock_handover(tx);
  if (!handover) co_return Result<void>();
  const std::string user_id = handover->user.str();
  const auto deals = co_await lock_deals_of_user(tx, handover->user, portion.limit);
  for (const auto& deal : deals) portion.ids.push_back(deal.str());
  const std::string successor = co_await successor_of(tx, *handover);
  if (successor.empty() && !deals.empty()) co_return refused("nobody_takes_the_deal");
  std::vector<TeamChange> changes;
  for (const auto& deal : deals) {
    changes.push_back(co_await hand_over(tx, ctx, deal, user_id, successor));
  }
  const bool more = co_await has_deals(tx, handover->user);
  if (!more) cancel_handover(tx, user_id);
  portion.afterwards = [&redis, changes = std::move(changes)] {
    return tell_team_changes(redis, changes);
  };
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> hand_over_some(pg::Database& db, redis::Client& redis) {
  return background::take_some(
      db,
      {.name = kHandOver, .at_once = kDealsAtOnce, .limit = kStepLimit, .actor = "user_blocked"},
      [&redis](pg::Transaction& tx, Context& ctx, background::Portion& portion) {
        return hand_over_deals(tx, ctx, redis, portion);
      });
}

}  // namespace bordero::crm
