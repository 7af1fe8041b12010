#include "services/crm/src/deals/deal_view.hpp"

#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/insured_object.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kMissing = "deal_not_found";

void fill_deadline(v1::Deal& view, const pg::Row& row) {
  if (row.is_null("deadline_on")) return;
  auto& deadline = *view.mutable_deadline();
  deadline.set_date(std::string(row.text("deadline_on")));
  deadline.set_reason(std::string(row.text("deadline_reason")));
  deadline.set_subject(std::string(row.text("deadline_subject_id")));
  deadline.set_waiting_on(std::string(row.text("deadline_waiting_on")));
  deadline.set_assignee_id(std::string(row.text("deadline_assignee_id")));
  deadline.set_assignee_name(std::string(row.text("deadline_assignee_name")));
  deadline.set_title(std::string(row.text("deadline_title")));
}

Result<void> both(const Result<void>& first, const Result<void>& second) {
  return first ? second : first;
}

}  // namespace

Deal rule_view(const v1::Deal& view) {
  return {.status = view.status(),
          .has_executor = !view.executor_id().empty(),
          .ready_count = view.ready_calculation_count(),
          .chosen_count = view.chosen_calculation_count(),
          .active_policy_count = view.active_policy_count()};
}

Team team_of(const v1::Deal& view) {
  Team team;
  for (const auto& member : view.members()) team.push_back({member.user_id(), member.function()});
  return team;
}

policy::Relation relation_to(const v1::Deal& view, const Caller& caller) {
  policy::Relation relation;
  for (const auto& member : view.members()) {
    if (member.user_id() == caller.user_id) relation.member = true;
  }
  relation.lead = view.lead_agent_id() == caller.user_id;
  return relation;
}

std::vector<std::string> audience_of(const v1::Deal& view) { return people_of(team_of(view)); }

v1::Deal deal_of(const pg::Row& row) {
  auto view = row.to<v1::Deal>();
  fill_deadline(view, row);
  return view;
}

void show_deal(v1::Deal& view, const Caller& caller, const policy::Relation& relation) {
  const Deal deal = rule_view(view);
  const auto write = may(caller, "deals.write", "deals.read", relation, kMissing);
  const auto team = may(caller, "deals.team", "deals.read", relation, kMissing);
  const auto journal = may(caller, "journal.write", "deals.read", relation, kMissing);
  auto& can = *view.mutable_can();
  add_capability(can, "update", both(write, may_change(deal)));
  add_capability(can, "transition", both(write, may_change(deal)));
  add_capability(can, "continue", both(write, may_continue(deal)));
  add_capability(can, "team", team);
  add_capability(can, "journal", journal);
  add_object_warnings(view.objects(), *view.mutable_warnings());
  if (!write) return;

  // Who may change the team assigns the executor in the same step, and a quote is chosen in it.
  Deal possible = deal;
  possible.has_executor = deal.has_executor || team.ok();
  possible.chosen_count = deal.ready_count;
  for (const auto status : allowed_moves(possible)) {
    view.add_allowed_statuses(pg::enum_tail(v1::DealStatus_descriptor(), status));
  }
}

}  // namespace bordero::crm
