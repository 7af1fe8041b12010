#include "services/crm/src/deals/team.hpp"

#include <algorithm>

namespace bordero::crm {
namespace {

bool contains(const Team& team, const std::string& user_id) {
  return std::any_of(team.begin(), team.end(),
                     [&](const TeamMember& member) { return member.user_id == user_id; });
}

}  // namespace

Result<Team> with_member(Team team, const TeamMember& joining) {
  if (std::find(team.begin(), team.end(), joining) != team.end()) {
    return refused("already_a_member");
  }
  if (joining.function == v1::MEMBER_FUNCTION_PARTICIPANT) {
    if (contains(team, joining.user_id)) return refused("already_a_member");
  } else {
    // A participant who gets a function is no longer a plain participant.
    std::erase_if(team, [&](const TeamMember& member) {
      return member.function == joining.function ||
             (member.user_id == joining.user_id &&
              member.function == v1::MEMBER_FUNCTION_PARTICIPANT);
    });
  }
  team.push_back(joining);
  return team;
}

Result<Team> without_member(Team team, const std::string& user_id) {
  if (!contains(team, user_id)) return not_found("member_not_found");
  const auto size = team.size();
  std::erase_if(team, [&](const TeamMember& member) {
    return member.user_id == user_id && member.function != v1::MEMBER_FUNCTION_LEAD_AGENT;
  });
  if (team.size() == size) return refused("lead_is_only_replaced");
  return team;
}

std::string holder_of(const Team& team, v1::MemberFunction function) {
  for (const auto& member : team) {
    if (member.function == function) return member.user_id;
  }
  return {};
}

std::vector<std::string> people_added(const Team& before, const Team& after) {
  std::vector<std::string> added;
  for (const auto& user_id : people_of(after)) {
    if (!contains(before, user_id)) added.push_back(user_id);
  }
  return added;
}

std::vector<std::string> people_of(const Team& team) {
  std::vector<std::string> people;
  for (const auto& member : team) people.push_back(member.user_id);
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

}  // namespace bordero::crm
