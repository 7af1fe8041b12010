#include "platform/rpc/admission.hpp"

#include "platform/policy/policy.hpp"

namespace bordero::rpc {

Result<void> admit(const Method& method, const Caller& caller) {
  if (method.permission == "public") return {};
  if (caller.role == Role::none) return unauthenticated("not_signed_in");
  if (!method.has_route) return {};
  const bool in_person = method.in_person || policy::only_in_person(method.permission);
  if (in_person && !caller.via.empty()) return forbidden("only_in_person");
  if (method.permission != "session" && !policy::may(caller, method.permission)) {
    return forbidden("role_not_allowed");
  }
  return {};
}

}  // namespace bordero::rpc
