#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::crm {

// A task was made or changed: an open one with a due date is a date of its deal.
awaitable<Result<void>> on_task_changed(pg::Transaction& tx, Context& ctx, const mq::Event& event);

}  // namespace bordero::crm
