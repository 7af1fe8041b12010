#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::crm {

// Auth made or changed a user, their role or their state: the copy follows.
awaitable<Result<void>> on_user_changed(pg::Transaction& tx, Context& ctx, const mq::Event& event);
// A user was blocked: the copy follows, and their deals are to be handed over.
awaitable<Result<void>> on_user_blocked(pg::Transaction& tx, Context& ctx, const mq::Event& event);

}  // namespace bordero::crm
