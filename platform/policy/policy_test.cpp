#include "platform/policy/policy.hpp"

#include <gtest/gtest.h>

namespace bordero::policy {
namespace {

constexpr SqlRelation kSql = {.lead = "d.lead = $1", .member = "m.user_id = $1", .owner = ""};

TEST(Policy, HidesWhatMayNotBeSeenAndDeniesWhatMayOnlyBeSeen) {
  EXPECT_EQ(decide(Role::agent, "deals.write", "deals.read", {}), Decision::hide);
  EXPECT_EQ(decide(Role::agent, "deals.write", "deals.read", {.member = true}), Decision::allow);
  EXPECT_EQ(decide(Role::agent, "deals.team", "deals.read", {.member = true}), Decision::deny);
  EXPECT_EQ(decide(Role::agent, "deals.team", "deals.read", {.lead = true}), Decision::allow);
  EXPECT_EQ(decide(Role::head, "deals.write", "deals.read", {}), Decision::deny);
  EXPECT_EQ(decide(Role::finance, "journal.write", "deals.read", {}), Decision::allow);
  EXPECT_EQ(decide(Role::none, "deals.read", "deals.read", {.lead = true}), Decision::hide);
}

TEST(Policy, RolesThatMayNeverDoItAreRefusedBeforeAnyRecordIsRead) {
  EXPECT_FALSE(role_may(Role::executor, "clients.create"));
  EXPECT_FALSE(role_may(Role::head, "deals.write"));
  EXPECT_FALSE(role_may(Role::finance, "audit.read"));
  EXPECT_TRUE(role_may(Role::head, "audit.read"));
  EXPECT_TRUE(role_may(Role::system, "users.write"));
}

TEST(Policy, ThePredicateSaysWhatTheDecisionSays) {
  EXPECT_EQ(predicate(Role::admin, "deals.read", kSql), "true");
  EXPECT_EQ(predicate(Role::agent, "deals.read", kSql), "(d.lead = $1 OR m.user_id = $1)");
  EXPECT_EQ(predicate(Role::agent, "deals.team", kSql), "(d.lead = $1)");
  EXPECT_EQ(predicate(Role::head, "deals.write", kSql), "false");
}

TEST(Policy, AServiceInItsOwnNameMayDoWhatItWasGivenAndNothingElse) {
  const Caller tasks = service_caller("tasks", {"deals.read"});

  EXPECT_TRUE(may(tasks, "deals.read"));
  EXPECT_FALSE(may(tasks, "deals.write"));
  EXPECT_EQ(decide(tasks, "deals.write", "deals.read", {}), Decision::deny);
  EXPECT_EQ(decide(tasks, "clients.write", "clients.read", {.lead = true}), Decision::hide);
  EXPECT_EQ(predicate(tasks, "deals.read", kSql), "true");
  EXPECT_EQ(predicate(tasks, "clients.read", kSql), "false");
  EXPECT_FALSE(role_may(Role::service, "deals.read"));
  EXPECT_THROW(may(tasks, "deals.fly"), Impossible);
}

TEST(Policy, WhatIsDoneOnlyInPersonIsNotDoneForAnybody) {
  Caller admin;
  admin.role = Role::admin;
  EXPECT_TRUE(may(admin, "users.write"));

  admin.via = "telegram";
  EXPECT_FALSE(may(admin, "users.write"));
  EXPECT_FALSE(may(admin, "users.read"));
  EXPECT_TRUE(may(admin, "deals.write"));
  EXPECT_EQ(decide(admin, "users.write", "users.list", {}), Decision::deny);
}

TEST(Policy, AnUnknownActionIsABug) {
  EXPECT_FALSE(known_action("deals.fly"));
  EXPECT_THROW(role_may(Role::agent, "deals.fly"), Impossible);
}

}  // namespace
}  // namespace bordero::policy
