#include "platform/base/context.hpp"

#include <algorithm>
#include <array>

namespace bordero {
namespace {

constexpr std::array<std::string_view, 8> kRoleNames = {"",     "agent", "executor", "finance",
                                                        "head", "admin", "system",   "service"};

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::string_view role_name(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

Role role_from_name(std::string_view name) {
  const auto found = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (found == kRoleNames.end()) return Role::none;
  return static_cast<Role>(found - kRoleNames.begin());
}

std::string Caller::actor() const {
  return role == Role::system || role == Role::service ? "system:" + rule : user_id;
}

Caller system_caller(std::string rule) {
  Caller caller;
  caller.role = Role::system;
  caller.rule = std::move(rule);
  return caller;
}

Caller service_caller(const std::string& service, std::vector<std::string> powers) {
  Caller caller;
  caller.role = Role::service;
  caller.service = service;
  caller.rule = "service_" + service;
  caller.powers = std::move(powers);
  return caller;
}

std::string TraceContext::traceparent() const {
  if (trace_id.empty()) return {};
  return "00-" + trace_id + "-" + span_id + (sampled ? "-01" : "-00");
}

TraceContext TraceContext::parse(std::string_view text) {
  if (text.size() != 55 || text.substr(0, 3) != "00-" || text[35] != '-' || text[52] != '-') {
    return {};
  }
  const auto trace_id = text.substr(3, 32);
  const auto span_id = text.substr(36, 16);
  const auto all_zero = [](std::string_view id) {
    return id.find_first_not_of('0') == std::string_view::npos;
  };
  if (!is_hex(trace_id) || !is_hex(span_id) || all_zero(trace_id) || all_zero(span_id)) return {};
  return {std::string(trace_id), std::string(span_id), text.substr(53) == "01"};
}

std::chrono::milliseconds Context::time_left() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(deadline -
                                                               std::chrono::steady_clock::now());
}

Context system_context(std::string rule, std::chrono::milliseconds limit) {
  Context context;
  context.caller = system_caller(std::move(rule));
  context.deadline = std::chrono::steady_clock::now() + limit;
  return context;
}

}  // namespace bordero
