#pragma once

#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/pg/row.hpp"
#include "platform/policy/policy.hpp"
#include "services/crm/src/policies/policy.hpp"

namespace bordero::crm {

// A policy, its deal, and how the caller relates to both.
struct SeenPolicy {
  v1::Policy view;
  policy::Relation relation;
  bool deal_is_open = true;
  std::vector<std::string> audience = {};  // The deal's members.
};

Policy rule_view(const SeenPolicy& seen);
// From a row with the columns of the store's view.
SeenPolicy policy_of(const pg::Row& row);
// Fills what depends on who asks and when: capabilities, allowed statuses, warnings, what is due.
void show_policy(SeenPolicy& seen, const Caller& caller);
// "Волга-Полис КСК-26-104037": how timelines name a policy.
std::string title_of(const v1::Policy& policy);

}  // namespace bordero::crm
