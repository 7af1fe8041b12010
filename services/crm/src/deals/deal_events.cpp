#include "services/crm/src/deals/deal_events.hpp"

#include <algorithm>

#include "bordero/crm/v1/events.pb.h"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/journal/happened.hpp"

namespace bordero::crm {
namespace {

template <class Event>
void publish_deal(pg::Transaction& tx, const Context& ctx, const Event& event,
                  const v1::Deal& after) {
  mq::publish(tx, ctx, event, about("deal", after.id(), after.version(), audience_of(after)));
}

std::string tail(v1::DealStatus status) {
  return pg::enum_tail(v1::DealStatus_descriptor(), status);
}

// Members of `of` who stand not, with the same function, in `other`.
std::vector<v1::Member> only_in(const v1::Deal& of, const v1::Deal& other) {
  std::vector<v1::Member> members;
  for (const auto& member : of.members()) {
    const bool stays = std::any_of(other.members().begin(), other.members().end(),
                                   [&](const v1::Member& candidate) {
                                     return candidate.user_id() == member.user_id() &&
                                            candidate.function() == member.function();
                                   });
    if (!stays) members.push_back(member);
  }
  return members;
}

}  // namespace

void announce_created(pg::Transaction& tx, const Context& ctx, const v1::Deal& deal) {
  v1::DealCreated event;
  *event.mutable_deal() = deal;
  publish_deal(tx, ctx, event, deal);
  write_happened(tx, ctx, deal.id(), {.kind = "created"});
}

void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                      const v1::Deal& after, const std::vector<std::string>& fields) {
  v1::DealUpdated event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  publish_deal(tx, ctx, event, after);
  write_happened(tx, ctx, after.id(), {.kind = "updated", .fields = fields});
}

void announce_moved(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                    const v1::Deal& after) {
  v1::DealStatusChanged event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  event.set_reason(after.lost_reason());
  publish_deal(tx, ctx, event, after);
  write_happened(tx, ctx, after.id(),
                 {.kind = "status_changed",
                  .from = tail(before.status()),
                  .to = tail(after.status()),
                  .reason = after.lost_reason()});
  if (after.status() != v1::DEAL_STATUS_CLOSED) return;

  v1::DealClosed closed;
  *closed.mutable_deal() = after;
  closed.set_reason(after.lost_reason());
  publish_deal(tx, ctx, closed, after);
}

TeamChange announce_team(pg::Transaction& tx, const Context& ctx, const v1::Deal& before,
                         const v1::Deal& after) {
  v1::DealTeamChanged event;
  *event.mutable_before() = before;
  *event.mutable_after() = after;
  TeamChange change = {.deal_id = after.id(),
                       .joined = people_added(team_of(before), team_of(after)),
                       .left = people_added(team_of(after), team_of(before))};
  for (const auto& user_id : change.joined) event.add_joined_ids(user_id);
  for (const auto& user_id : change.left) event.add_left_ids(user_id);
  publish_deal(tx, ctx, event, after);

  const auto tell = [&](const v1::Member& member, const char* from, const char* to) {
    write_happened(tx, ctx, after.id(),
                   {.kind = "team_changed",
                    .from = from,
                    .to = to,
                    .user_name = member.full_name(),
                    .function = pg::enum_tail(v1::MemberFunction_descriptor(), member.function())});
  };
  for (const auto& member : only_in(before, after)) tell(member, "member", "");
  for (const auto& member : only_in(after, before)) tell(member, "", "member");
  return change;
}

}  // namespace bordero::crm
