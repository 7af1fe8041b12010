#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bordero {

// The roles of people; `system` acts for events and clock rules, `service` is another service that
// calls in its own name.
enum class Role { none, agent, executor, finance, head, admin, system, service };
std::string_view role_name(Role role);  // "agent"; "none" has the empty name.
Role role_from_name(std::string_view name);

// Who asks. Made only by the dispatcher from a verified identity token or from what the contract
// gives to a service, or by `system_caller`.
struct Caller {
  std::string user_id;  // Empty for system callers and services.
  Role role = Role::none;
  std::string session_id;  // Empty when `via` is not.
  std::int64_t epoch = 0;
  std::int64_t acl_version = 0;
  std::string service;  // The calling service, e.g. "gateway".
  std::string rule;     // For system callers: the rule, e.g. "expire_sessions".
  std::string via;      // How somebody acts for this user without their session, e.g. "schedule".
  std::vector<std::string> powers;  // Of a service in its own name: actions of the policy table.

  // "018f…" or "system:<rule>": the actor of events and audit records.
  std::string actor() const;
};
Caller system_caller(std::string rule);
// A service in its own name: "system:service_crm" with these powers and no others.
Caller service_caller(const std::string& service, std::vector<std::string> powers);

// W3C trace context of the work at hand; all zero when there is none.
struct TraceContext {
  std::string trace_id;  // 32 hex digits.
  std::string span_id;   // 16 hex digits.
  bool sampled = false;

  std::string traceparent() const;  // Empty when there is no trace.
  static TraceContext parse(std::string_view traceparent);
};

// What travels with one request through handlers, transactions and calls to other services.
struct Context {
  Caller caller;
  std::string identity_token;  // Passed on when this service asks another for the same user.
  std::chrono::steady_clock::time_point deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(10);
  TraceContext trace;
  std::string method;           // Full rpc name, e.g. "bordero.crm.v1.DealService/CloseDeal".
  std::string idempotency_key;  // Empty: nothing is kept.
  std::string request_digest;   // SHA-256 of the serialized request, 64 hex digits.
  bool replayed = false;        // Set by the dispatcher when it answers from a kept answer.

  std::chrono::milliseconds time_left() const;
};

// A context for work that no user asked for: events, jobs, commands.
Context system_context(std::string rule, std::chrono::milliseconds limit);

}  // namespace bordero
