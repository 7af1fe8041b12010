#pragma once

#include <string>

#include "platform/base/error.hpp"

namespace bordero::rpc {

// Names of what travels in gRPC metadata beside a message; both ends read them here.
inline constexpr const char* kIdentity = "bordero-identity";
inline constexpr const char* kIdempotencyKey = "bordero-idempotency-key-bin";
inline constexpr const char* kTraceparent = "traceparent";
inline constexpr const char* kReplayed = "bordero-replayed";

// An Error as the details of a gRPC status, and back.
std::string error_bytes(const Error& error);
Error error_from_bytes(const std::string& bytes);
int grpc_code(ErrorKind kind);

}  // namespace bordero::rpc
