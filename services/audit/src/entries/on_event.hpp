#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::audit {

// Records any event at the end of the log, exactly once.
awaitable<Result<void>> on_event(pg::Transaction& tx, Context& ctx, const mq::Event& event);

}  // namespace bordero::audit
