#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::tasks {

// A deal goes to calculation or issuance: its executor has that to do.
awaitable<Result<void>> on_deal_moved(pg::Transaction& tx, Context& ctx, const mq::Event& event);

}  // namespace bordero::tasks
