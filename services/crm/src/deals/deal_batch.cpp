#include "services/crm/src/deals/deal_batch.hpp"

#include "services/crm/src/deals/new_deal.hpp"

namespace bordero::crm {
namespace {

// The function passes to the person; to nobody when there is none.
Result<Team> with_holder(Team team, v1::MemberFunction function, const std::string& user_id) {
  if (holder_of(team, function) == user_id) return team;
  if (!user_id.empty()) return with_member(std::move(team), {user_id, function});
  std::erase_if(team, [&](const TeamMember& member) { return member.function == function; });
  return team;
}

}  // namespace

Result<BatchedDeal> with_item(const v1::Deal& deal, const v1::BatchDeal& item) {
  TRY(may_change(rule_view(deal)));
  BatchedDeal wanted{.view = deal, .team = team_of(deal), .fields = {}};
  v1::Deal& view = wanted.view;
  if (item.has_title()) {
    if (item.title().empty()) return invalid_field("title", "required");
    view.set_title(item.title());
  }
  if (item.has_next_review_at()) view.set_next_review_at(item.next_review_at());
  if (item.has_expected_close_date()) view.set_expected_close_date(item.expected_close_date());
  if (view.title() != deal.title()) wanted.fields.emplace_back("title");
  if (view.next_review_at() != deal.next_review_at()) wanted.fields.emplace_back("next_review_at");
  if (view.expected_close_date() != deal.expected_close_date()) {
    wanted.fields.emplace_back("expected_close_date");
  }
  if (item.has_lead_agent_id()) {
    if (item.lead_agent_id().empty()) return invalid_field("lead_agent_id", "required");
    wanted.team = TRY(
        with_holder(std::move(wanted.team), v1::MEMBER_FUNCTION_LEAD_AGENT, item.lead_agent_id()));
  }
  if (item.has_executor_id()) {
    wanted.team =
        TRY(with_holder(std::move(wanted.team), v1::MEMBER_FUNCTION_EXECUTOR, item.executor_id()));
  }
  set_heads(view, wanted.team);
  return wanted;
}

v1::BatchDeal way_back(const v1::Deal& before, const v1::Deal& after, const v1::BatchDeal& item) {
  v1::BatchDeal back;
  back.set_id(before.id());
  back.set_version(after.version());
  if (item.has_title()) back.set_title(before.title());
  if (item.has_next_review_at()) back.set_next_review_at(before.next_review_at());
  if (item.has_expected_close_date()) back.set_expected_close_date(before.expected_close_date());
  if (item.has_lead_agent_id()) back.set_lead_agent_id(before.lead_agent_id());
  if (item.has_executor_id()) back.set_executor_id(before.executor_id());
  return back;
}

}  // namespace bordero::crm
