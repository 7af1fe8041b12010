#pragma once

#include "platform/http/server.hpp"
#include "platform/rpc/dispatcher.hpp"
#include "services/gateway/src/api/api_router.hpp"

namespace bordero::gateway {

// The answer of a route: status, JSON, ETag of the version, Location of what was made.
httpd::Response write_reply(const ApiRouter& router, const Route& route,
                            const httpd::Request& request, const rpc::Answer& answer);

}  // namespace bordero::gateway
