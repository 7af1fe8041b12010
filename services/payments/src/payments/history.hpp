#pragma once

#include <string>
#include <vector>

#include "bordero/payments/v1/payments.pb.h"
#include "platform/base/context.hpp"
#include "platform/pg/database.hpp"

namespace bordero::payments {

// The fields of a payment that people or the schedule set, from what to what.
std::vector<v1::FieldChange> changes_between(const v1::Payment& before, const v1::Payment& after);

// Tell other services what happened, and keep the version; in the transaction of the change.
void announce_planned(pg::Transaction& tx, const Context& ctx, const v1::Payment& payment,
                      const std::vector<std::string>& people, const std::string& note);
void announce_updated(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                      const v1::Payment& after, const std::vector<std::string>& people,
                      const std::string& note);
void announce_moved(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                    const v1::Payment& after, const std::vector<std::string>& people,
                    const std::string& note);
// Tells where a payment has come to, without a version of its own.
void tell_state(pg::Transaction& tx, const Context& ctx, const v1::Payment& before,
                const v1::Payment& after, const std::vector<std::string>& people);
// Keeps the version of a payment that was seeded with a history.
void keep_version(pg::Transaction& tx, const std::string& actor, const std::string& action,
                  const std::string& note, const v1::Payment& before, const v1::Payment& after);

// All versions, newest first.
awaitable<std::vector<v1::PaymentVersion>> list_versions(pg::Transaction& tx,
                                                         const std::string& payment_id);

}  // namespace bordero::payments
