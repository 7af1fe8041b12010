#include "platform/rpc/admission.hpp"

#include <gtest/gtest.h>

#include <set>

#include "platform/policy/policy.hpp"

namespace bordero::rpc {
namespace {

constexpr Role kPeople[] = {Role::agent, Role::executor, Role::finance, Role::head, Role::admin};

Caller person(Role role, std::string via = "") {
  Caller caller;
  caller.user_id = "somebody";
  caller.role = role;
  caller.via = std::move(via);
  return caller;
}

std::string refusal(const Method& method, const Caller& caller) {
  const auto admitted = admit(method, caller);
  return admitted ? "" : admitted.error().reason;
}

// What somebody may change in Auth for a user who is not there. All the rest there is accounts,
// sessions and secrets.
const std::set<std::string> kHarmless = {"CreateView", "UpdateView", "DeleteView",
                                         "UpdatePreferences"};

TEST(Admission, NobodyAdministersUsersOrSessionsForSomebodyElse) {
  int refused = 0;
  for (const Method& method : methods()) {
    if (!method.has_route || method.permission == "public") continue;
    const bool declared = method.in_person || policy::only_in_person(method.permission);
    if (method.service == "auth" && method.changes()) {
      EXPECT_NE(declared, kHarmless.contains(method.descriptor->name())) << method.name;
    }
    for (const Role role : kPeople) {
      for (const char* via : {"telegram", "schedule"}) {
        const std::string why = refusal(method, person(role, via));
        // Who acts for a user may never do more than the user.
        const std::string own = refusal(method, person(role));
        EXPECT_EQ(why, declared ? "only_in_person" : own) << method.name;
        refused += why == "only_in_person" ? 1 : 0;
      }
    }
  }
  EXPECT_GE(refused, 12 * 5 * 2) << "six of sessions and six of users, for every role and way";
}

TEST(Admission, NoRouteAnswersAServiceWithoutAUser) {
  for (const Method& method : methods()) {
    if (!method.has_route) continue;
    for (const Grant& grant : method.callers) EXPECT_FALSE(grant.alone) << method.name;
    if (method.permission == "public") continue;
    EXPECT_EQ(refusal(method, Caller()), "not_signed_in") << method.name;
    if (method.permission != "session") {
      EXPECT_EQ(refusal(method, service_caller("tasks", {})), "role_not_allowed") << method.name;
    }
  }
}

TEST(Admission, EveryCallerIsNamedAndNoneTwice) {
  for (const Method& method : methods()) {
    ASSERT_FALSE(method.callers.empty()) << method.name;
    EXPECT_EQ(method.grant_of("gateway") != nullptr,
              method.has_route || method.descriptor->name() == "ResolveSession" ||
                  method.descriptor->name() == "GetKeys")
        << method.name;
    EXPECT_EQ(method.grant_of("nobody"), nullptr);
  }
}

TEST(Admission, ARequestTellsItsMethod) {
  for (const Method& method : methods()) {
    EXPECT_EQ(find_method(method.service, method.descriptor->input_type()), &method);
  }
}

}  // namespace
}  // namespace bordero::rpc
