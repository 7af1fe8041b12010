#pragma once

#include <optional>

#include "platform/pg/database.hpp"
#include "services/notifications/src/delivery/channel.hpp"

namespace bordero::notifications {

constexpr int kMaxAttempts = 8;

// How long to wait after so many failed attempts; nothing when it is given up. From 10 seconds,
// doubling: about 20 minutes in all.
std::optional<std::chrono::seconds> pause_after(int attempts);

// Sends what is due through its channel, at most a batch; true when there may be more. Quiet hours
// hold a delivery back until they end; who is blocked gets nothing.
awaitable<Result<bool>> deliver_some(pg::Database& db, const Channels& channels);

}  // namespace bordero::notifications
