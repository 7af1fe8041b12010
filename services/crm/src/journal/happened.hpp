#pragma once

#include <string>
#include <vector>

#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// What happened to a deal, as its timeline tells it. Empty parts are left out.
struct Happened {
  const char* kind;  // created, status_changed, policy_activated, … (timeline_store.cpp has all).
  std::string from = {};
  std::string to = {};
  std::string reason = {};
  std::string user_name = {};
  std::string function = {};
  std::vector<std::string> fields = {};
  std::string subject = {};     // The policy, calculation or other record it speaks of: its title…
  std::string subject_id = {};  // …and its id.
};

// Queued, in the transaction of the change.
void write_happened(pg::Transaction& tx, const Context& context, const std::string& deal_id,
                    const Happened& happened);
std::string details_json(const Happened& happened);

}  // namespace bordero::crm
