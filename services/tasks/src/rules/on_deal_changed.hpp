#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::tasks {

// A closed deal takes its open tasks with it, for its reason.
awaitable<Result<void>> on_deal_closed(pg::Transaction& tx, Context& ctx, const mq::Event& event);
// What somebody who left the deal had open in it passes to its lead.
awaitable<Result<void>> on_deal_team_changed(pg::Transaction& tx, Context& ctx,
                                             const mq::Event& event);

}  // namespace bordero::tasks
