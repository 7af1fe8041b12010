#include "platform/policy/policy.hpp"

#include <algorithm>
#include <array>

namespace bordero::policy {
namespace {

// How much of a resource a role's action reaches.
enum class Reach {
  none,
  led,      // What the caller leads.
  related,  // What the caller leads, is a member of, or owns.
  all,
};

struct Rule {
  std::string_view action;
  std::array<Reach, 5> by_role;  // agent, executor, finance, head, admin.
};

constexpr Reach kNone = Reach::none;
constexpr Reach kLed = Reach::led;
constexpr Reach kRelated = Reach::related;
constexpr Reach kAll = Reach::all;

// clang-format off
constexpr std::array kRules = {
    //                     agent     executor  finance  head   admin
    Rule{"clients.read",   {kRelated, kRelated, kAll,  kAll,  kAll}},
    Rule{"clients.write",  {kRelated, kRelated, kNone, kNone, kAll}},
    Rule{"clients.create", {kAll,     kNone,    kNone, kNone, kAll}},
    Rule{"deals.read",     {kRelated, kRelated, kAll,  kAll,  kAll}},
    Rule{"deals.write",    {kRelated, kRelated, kNone, kNone, kAll}},
    Rule{"deals.create",   {kAll,     kNone,    kNone, kNone, kAll}},
    Rule{"deals.team",     {kLed,     kNone,    kNone, kNone, kAll}},
    Rule{"journal.write",  {kRelated, kRelated, kAll,  kNone, kAll}},
    Rule{"tasks.read",     {kRelated, kRelated, kRelated, kAll, kAll}},
    Rule{"tasks.write",    {kRelated, kRelated, kRelated, kRelated, kAll}},
    Rule{"policies.read",  {kRelated, kRelated, kAll,  kAll,  kAll}},
    Rule{"policies.write", {kRelated, kRelated, kNone, kNone, kAll}},
    Rule{"insurers.read",  {kAll,     kAll,     kAll,  kAll,  kAll}},
    Rule{"insurers.write", {kNone,    kNone,    kNone, kNone, kAll}},
    Rule{"payments.read",  {kRelated, kRelated, kAll,  kAll,  kAll}},
    Rule{"payments.write", {kRelated, kRelated, kAll,  kNone, kAll}},
    Rule{"payments.confirm", {kNone,  kNone,    kAll,  kNone, kAll}},
    Rule{"reports.renewals", {kLed,   kNone,    kAll,  kAll,  kAll}},
    Rule{"reports.money",  {kRelated, kNone,    kAll,  kAll,  kAll}},
    Rule{"commission_rules.read",  {kAll,  kAll,  kAll,  kAll,  kAll}},
    Rule{"commission_rules.write", {kNone, kNone, kNone, kNone, kAll}},
    Rule{"users.list",     {kAll,     kAll,     kAll,  kAll,  kAll}},
    Rule{"users.read",     {kNone,    kNone,    kNone, kNone, kAll}},
    Rule{"users.write",    {kNone,    kNone,    kNone, kNone, kAll}},
    Rule{"settings.write", {kNone,    kNone,    kNone, kNone, kAll}},
    Rule{"reminders.read", {kNone,    kNone,    kNone, kAll,  kAll}},
    Rule{"act_for.schedule", {kNone, kNone,   kNone, kNone, kNone}},  // Services in their own name.
    Rule{"act_for.telegram", {kNone, kNone,   kNone, kNone, kNone}},
    Rule{"audit.read",     {kNone,    kNone,    kNone, kAll,  kAll}},
    Rule{"background_jobs.read", {kNone, kNone,  kNone, kNone, kAll}},
};
// clang-format on

// What a person does themselves, signed in; no bot and no schedule does it for them.
constexpr std::array<std::string_view, 3> kOnlyInPerson = {"users.read", "users.write",
                                                           "settings.write"};

const Rule* find_rule(std::string_view action) {
  const auto found = std::find_if(kRules.begin(), kRules.end(),
                                  [&](const Rule& rule) { return rule.action == action; });
  return found == kRules.end() ? nullptr : &*found;
}

Reach reach(Role role, std::string_view action) {
  if (role == Role::system) return Reach::all;
  if (role == Role::none || role == Role::service) return Reach::none;
  const Rule* rule = find_rule(action);
  ensure(rule != nullptr, "every action stands in the policy table");
  return rule->by_role[static_cast<std::size_t>(role) - static_cast<std::size_t>(Role::agent)];
}

Reach reach(const Caller& caller, std::string_view action) {
  if (!caller.via.empty() && only_in_person(action)) return Reach::none;
  if (caller.role != Role::service) return reach(caller.role, action);
  ensure(known_action(action), "every action stands in the policy table");
  const auto given = std::find(caller.powers.begin(), caller.powers.end(), action);
  return given == caller.powers.end() ? Reach::none : Reach::all;
}

bool within(Reach reach, const Relation& relation) {
  switch (reach) {
    case Reach::none:
      return false;
    case Reach::led:
      return relation.lead;
    case Reach::related:
      return relation.lead || relation.member || relation.owner;
    case Reach::all:
      return true;
  }
  return false;
}

void add_condition(std::string& all, std::string_view condition) {
  if (condition.empty()) return;
  if (!all.empty()) all += " OR ";
  all += condition;
}

Decision decision(Reach act, Reach read, const Relation& relation) {
  if (!within(read, relation)) return Decision::hide;
  return within(act, relation) ? Decision::allow : Decision::deny;
}

std::string sql_of(Reach reached, const SqlRelation& relation) {
  if (reached == Reach::all) return "true";
  std::string conditions;
  if (reached != Reach::none) add_condition(conditions, relation.lead);
  if (reached == Reach::related) {
    add_condition(conditions, relation.member);
    add_condition(conditions, relation.owner);
  }
  return conditions.empty() ? "false" : "(" + conditions + ")";
}

}  // namespace

bool known_action(std::string_view action) { return find_rule(action) != nullptr; }

bool only_in_person(std::string_view action) {
  return std::find(kOnlyInPerson.begin(), kOnlyInPerson.end(), action) != kOnlyInPerson.end();
}

bool role_may(Role role, std::string_view action) { return reach(role, action) != Reach::none; }

bool may(const Caller& caller, std::string_view action) {
  return reach(caller, action) != Reach::none;
}

Decision decide(const Caller& caller, std::string_view action, std::string_view read_action,
                const Relation& relation) {
  return decision(reach(caller, action), reach(caller, read_action), relation);
}

Decision decide(Role role, std::string_view action, std::string_view read_action,
                const Relation& relation) {
  return decision(reach(role, action), reach(role, read_action), relation);
}

Result<void> require(const Caller& caller, std::string_view action, std::string_view read_action,
                     const Relation& relation, const char* missing) {
  switch (decide(caller, action, read_action, relation)) {
    case Decision::allow:
      return {};
    case Decision::deny:
      return forbidden("not_allowed");
    case Decision::hide:
      break;
  }
  return not_found(missing);
}

std::string predicate(const Caller& caller, std::string_view action, const SqlRelation& relation) {
  return sql_of(reach(caller, action), relation);
}

std::string predicate(Role role, std::string_view action, const SqlRelation& relation) {
  return sql_of(reach(role, action), relation);
}

}  // namespace bordero::policy
