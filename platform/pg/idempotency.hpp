#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/base/context.hpp"
#include "platform/base/result.hpp"
#include "platform/pg/row.hpp"

// The SQL of kept answers: (actor, route, key) → digest of the request and the reply.
namespace bordero::pg::idempotency {

// Held until the transaction ends, so that of two tries at once one is told to wait.
inline constexpr std::string_view kLock = "SELECT pg_try_advisory_xact_lock($1) AS free";
inline constexpr std::string_view kFind =
    "SELECT digest, reply FROM idempotency_keys WHERE actor = $1 AND route = $2 AND key = $3";
inline constexpr std::string_view kKeep =
    "INSERT INTO idempotency_keys (actor, route, key, digest, reply, reply_type) "
    "VALUES ($1, $2, $3, $4, $5, $6)";

std::int64_t lock_of(const Context& context);
// Whether the work may begin, after the lock and the look-up.
Result<void> decide(const Context& context, const Rows& lock, const Rows& kept);
// A repeat reads the kept bytes as the method's reply, so nothing else may be kept.
void check_reply_type(const Context& context, const std::string& type);

}  // namespace bordero::pg::idempotency
