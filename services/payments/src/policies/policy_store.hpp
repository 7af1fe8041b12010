#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bordero/crm/v1/policies.pb.h"
#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::payments {

// A policy as CRM told of it last, and the commission terms it has here.
struct KeptPolicy {
  crm::v1::Policy policy;
  std::optional<v1::Basis> terms;  // Its source, rule, rate or amount, and payout days.
};

// Takes a newer version of a policy into the copy, keeping the terms; false when ours is as new.
awaitable<bool> keep_policy(pg::Transaction& tx, const crm::v1::Policy& policy);
// Queued: a draft that CRM took back goes, unless somebody has planned a payment of it meanwhile.
void forget_draft(pg::Transaction& tx, const std::string& id);
// Holds the policy's row, so that its payments are planned by one at a time.
awaitable<std::optional<KeptPolicy>> lock_policy(pg::Transaction& tx, const std::string& id);
// The same for who may see its deal, unless it is one of `hidden`.
awaitable<Result<KeptPolicy>> lock_policy_for(pg::Transaction& tx, const std::string& id,
                                              const Caller& caller,
                                              const std::vector<std::string>& hidden);
void save_terms(pg::Transaction& tx, const std::string& policy_id,
                const std::optional<v1::Basis>& terms);

std::string currency_of(const crm::v1::Policy& policy);

}  // namespace bordero::payments
