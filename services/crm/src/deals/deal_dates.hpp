#pragma once

#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/pg/database.hpp"

namespace bordero::crm {

// A date on which something of a deal has to happen, and whose move it is.
struct DealDate {
  std::string deal_id;
  const char* kind;  // policy_end, payment or task.
  std::string subject_id;
  Date on;
  std::string waiting_on = "agent";  // agent, executor, client, insurer or finance.
  std::string assignee_id = {};      // Empty: whom the deal names for that, or its lead.
  std::string title = {};            // What it is about, in words.
};

// Queued. Whoever changes dates refreshes the deadlines of the deals in the same transaction.
void set_deal_date(pg::Transaction& tx, const DealDate& date);
void clear_deal_date(pg::Transaction& tx, const char* kind, const std::string& deal_id,
                     const std::string& subject_id);
// Queued: derives the one date that matters next, its reason and whose move it is, from the deals'
// own dates, their ready quotes and all others. No version grows: nobody changed the deals.
void refresh_deadlines(pg::Transaction& tx, const std::vector<std::string>& deal_ids);

}  // namespace bordero::crm
