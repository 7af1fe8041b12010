#pragma once

#include <chrono>

#include "platform/https/client.hpp"
#include "platform/https/transfer.hpp"

namespace bordero::https {

// A second one does no harm: by the meaning of its method, or because the caller says so.
bool is_repeatable(const Request& request);

// Whether the same call might now go better, and may be made again. `consumed`: a piece of its
// streams is gone.
bool worth_repeating(const Request& request, const Outcome& outcome, bool consumed);

// The pause before a repeat, the first being 1: with full jitter, so that many clients do not come
// back at once, and not before the other side said.
std::chrono::milliseconds pause_before(int repeat, std::chrono::seconds retry_after);

// The failure was the host's: its breaker counts it.
bool host_failed(const Outcome& outcome);

}  // namespace bordero::https
