#pragma once

#include <string>

#include "platform/base/error.hpp"
#include "platform/http/server.hpp"

namespace bordero::gateway {

// RFC 9457: what went wrong, as application/problem+json.
httpd::Response problem(const Error& error, const std::string& trace_id);

// Wraps a plain answer.
httpd::Response text_answer(int status, std::string type, std::string body);

}  // namespace bordero::gateway
