#include "services/crm/src/users/user.hpp"

namespace bordero::crm {

Result<void> may_take(const User& user, v1::MemberFunction function) {
  if (!user.active) return refused("user_not_active");
  switch (function) {
    case v1::MEMBER_FUNCTION_LEAD_AGENT:
      if (user.role == Role::agent || user.role == Role::admin) return {};
      return refused("lead_is_agent_or_admin");
    case v1::MEMBER_FUNCTION_EXECUTOR:
      if (user.role == Role::agent || user.role == Role::executor) return {};
      return refused("executor_is_agent_or_executor");
    case v1::MEMBER_FUNCTION_FINANCE_CONTROLLER:
      if (user.role == Role::finance) return {};
      return refused("controller_is_from_finance");
    case v1::MEMBER_FUNCTION_PARTICIPANT:
      return {};
    default:
      return invalid_field("function", "unknown_function");
  }
}

Result<void> may_own(const User& user) {
  if (!user.active) return refused("user_not_active");
  if (user.role == Role::agent || user.role == Role::admin) return {};
  return refused("owner_is_agent_or_admin");
}

bool sees_all(Role role) {
  return role == Role::finance || role == Role::head || role == Role::admin || role == Role::system;
}

const std::vector<std::string>& roles_that_see_all() {
  static const std::vector<std::string> roles = {"finance", "head", "admin"};
  return roles;
}

}  // namespace bordero::crm
