#pragma once

#include <boost/asio/thread_pool.hpp>

#include "platform/jobs/work.hpp"
#include "platform/redis/client.hpp"
#include "platform/rpc/peers.hpp"

namespace bordero::notifications {

inline constexpr const char* kExport = "export";

// Exports as jobs: a step reads the list page by page as the user who asked and keeps the file in
// parts, another offers it. A read that breaks off begins anew; a file that is kept is not read
// again.
jobs::Kind export_kind(redis::Client& redis, rpc::Peers& peers, asio::thread_pool& pool);
// The same where jobs are only made.
jobs::Kind export_shape();

}  // namespace bordero::notifications
