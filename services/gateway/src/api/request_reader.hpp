#pragma once

#include <google/protobuf/message.h>

#include <memory>

#include "platform/http/server.hpp"
#include "services/gateway/src/api/api_router.hpp"

namespace bordero::gateway {

// Makes the request message of a route from path, query, body and headers. Names every field that
// is wrong, not only the first.
Result<std::unique_ptr<google::protobuf::Message>> read_message(const Matched& matched,
                                                                const httpd::Request& request);

// 1 to 64 printable ASCII characters, or empty when none was sent.
Result<std::string> idempotency_key(const httpd::Request& request);

}  // namespace bordero::gateway
