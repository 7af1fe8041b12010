#pragma once

#include <compare>
#include <string>
#include <vector>

#include "bordero/crm/v1/deals.pb.h"
#include "platform/base/result.hpp"

namespace bordero::crm {

// One function of one person in a deal; a person may have several.
struct TeamMember {
  std::string user_id;
  v1::MemberFunction function = v1::MEMBER_FUNCTION_PARTICIPANT;
  auto operator<=>(const TeamMember&) const = default;
};
using Team = std::vector<TeamMember>;

// The team with the person in the function; a lead, executor or controller replaces the earlier.
Result<Team> with_member(Team team, const TeamMember& joining);
// The team without the person; the lead stays, and only leaves by being replaced.
Result<Team> without_member(Team team, const std::string& user_id);

// Who holds a function that one person holds, or nobody.
std::string holder_of(const Team& team, v1::MemberFunction function);

// People who are in one team and not in the other.
std::vector<std::string> people_added(const Team& before, const Team& after);
std::vector<std::string> people_of(const Team& team);

}  // namespace bordero::crm
