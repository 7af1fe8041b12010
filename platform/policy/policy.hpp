#pragma once

#include <string>
#include <string_view>

#include "platform/base/context.hpp"
#include "platform/base/result.hpp"

// One table in code says who may do what (access.md). From the same table come the decision about
// one record and the SQL predicate for lists, so that a list and a single read cannot disagree.
namespace bordero::policy {

enum class Decision { allow, deny, hide };

// How the caller relates to a record, as the locked row says it.
struct Relation {
  bool lead = false;    // Lead agent of the deal (or of a visible deal of the client).
  bool member = false;  // Executor, finance controller or other member.
  bool owner = false;   // Owner of the client, author of the entry, or the user themselves.
};

// Whether the role may ever do this action.
bool role_may(Role role, std::string_view action);
// The same of who calls; the dispatcher asks before any handler runs. A service in its own name may
// do what the contract gives to it; who acts for a user without their session may not do what a
// person does only in person.
bool may(const Caller& caller, std::string_view action);
bool known_action(std::string_view action);
// Actions that nobody does for somebody else: users, keys, backups.
bool only_in_person(std::string_view action);

// `read_action` decides whether the record is visible at all (hide otherwise).
Decision decide(const Caller& caller, std::string_view action, std::string_view read_action,
                const Relation& relation);
Decision decide(Role role, std::string_view action, std::string_view read_action,
                const Relation& relation);
// The same as a Result: not_found(`missing`) to hide, forbidden("not_allowed") to deny.
Result<void> require(const Caller& caller, std::string_view action, std::string_view read_action,
                     const Relation& relation, const char* missing);

// SQL for "the caller may do `action`", over the condition fragments of a resource. `lead`,
// `member` and `owner` are SQL conditions about the caller in the resource's query. Returns "true",
// "false", or a parenthesized OR of some of them.
struct SqlRelation {
  std::string_view lead;
  std::string_view member;
  std::string_view owner;
};
std::string predicate(const Caller& caller, std::string_view action, const SqlRelation& relation);
std::string predicate(Role role, std::string_view action, const SqlRelation& relation);

}  // namespace bordero::policy
