#pragma once

#include "platform/mq/mq.hpp"

namespace bordero::crm {

// A payment was planned or changed: an unpaid one is a date of its deal, a received premium may
// make the deal active.
awaitable<Result<void>> on_payment_changed(pg::Transaction& tx, Context& ctx,
                                           const mq::Event& event);

}  // namespace bordero::crm
