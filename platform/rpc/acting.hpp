#pragma once

#include <chrono>
#include <string>

#include "bordero/auth/v1/sessions.pb.h"
#include "platform/rpc/peers.hpp"

namespace bordero::rpc {

// A context in which `service` (a literal) works for a user who has no session at hand: a command
// that waited in a queue, a report by schedule. Asked of Auth when the work is done, not when it
// was asked for, so that a block in between counts. The identity lives for a minute.
awaitable<Result<Context>> act_for(Peers& peers, const char* service, std::string user_id,
                                   auth::v1::Via via, std::chrono::milliseconds limit);

}  // namespace bordero::rpc
