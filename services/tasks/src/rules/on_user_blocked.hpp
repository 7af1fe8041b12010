#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::tasks {

// A blocked user's open tasks pass to the successor, or to the leads of their deals.
awaitable<Result<void>> on_user_blocked(pg::Transaction& tx, Context& ctx, const mq::Event& event);

}  // namespace bordero::tasks
