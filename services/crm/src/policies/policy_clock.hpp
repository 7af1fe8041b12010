#pragma once

#include "platform/pg/database.hpp"

// What the clock does with policies, so many at a time; each is true when there may be more.
namespace bordero::crm {

inline constexpr const char* kPolicyEndIsNear = "policy_end_is_near";
// Active ones whose end is near wait for their renewal.
awaitable<Result<bool>> notice_ends(pg::Database& db, int notice_days);

inline constexpr const char* kPolicyReplaced = "policy_replaced";
// Predecessors that ended are closed once their successor is in force.
awaitable<Result<bool>> close_replaced(pg::Database& db);

}  // namespace bordero::crm
