#pragma once

#include "platform/base/result.hpp"
#include "platform/mq/mq.hpp"
#include "services/audit/src/entries/entry.hpp"

namespace bordero::audit {

// The record of an event, without its position. Refuses what this release cannot read: the event is
// then parked, to be replayed by one that can.
Result<Entry> entry_of(const mq::Event& event);

}  // namespace bordero::audit
