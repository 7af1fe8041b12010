#pragma once

#include <string>

namespace bordero::crm {

// "What this person sees", as a filter of a list led by `narrow`. Where the caller's own access
// rows lead it and they ask for their own, which the day page does, no second look at these rows
// is needed, and none that would keep the planner from reading them in order.
inline std::string seen_by(const std::string& narrow, const std::string& condition) {
  return narrow == "a" ? "(a.user_id = $? OR " + condition + ")" : condition;
}

}  // namespace bordero::crm
