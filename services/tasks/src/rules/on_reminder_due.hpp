#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::tasks {

// The clock reminds of a payment, policy or amendment, and asks for a task.
awaitable<Result<void>> on_reminder_due(pg::Transaction& tx, Context& ctx, const mq::Event& event);

}  // namespace bordero::tasks
