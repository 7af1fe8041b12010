#pragma once

#include "platform/pg/database.hpp"
#include "platform/rpc/peers.hpp"
#include "services/notifications/src/delivery/channel.hpp"

namespace bordero::notifications {

// Later than this after its time, a morning summary is no news any more.
constexpr std::chrono::hours kDigestLateness{3};

inline constexpr const char* kDigest = "digest";
// Tells those whose time has come what waits for them (tasks, deals, renewals, money), once a day;
// says nothing to whom nothing does. Waits while a service that counts is away. True when there may
// be more.
awaitable<Result<bool>> send_digests(pg::Database& db, rpc::Peers& peers, const Channels& channels);

}  // namespace bordero::notifications
