#include "platform/rpc/wire.hpp"

#include <grpcpp/support/status_code_enum.h>

#include "bordero/common/v1/common.pb.h"

namespace bordero::rpc {

std::string error_bytes(const Error& error) {
  common::v1::ErrorDetails details;
  details.set_kind(static_cast<int>(error.kind));
  details.set_reason(error.reason);
  details.set_detail(error.detail);
  for (const FieldError& field : error.fields) {
    auto* copy = details.add_fields();
    copy->set_field(field.field);
    copy->set_code(field.code);
    copy->set_detail(field.detail);
  }
  for (const std::string& allowed : error.allowed) details.add_allowed(allowed);
  details.set_retry_after_s(error.retry_after_s);
  details.set_current_version(error.current_version);
  return details.SerializeAsString();
}

Error error_from_bytes(const std::string& bytes) {
  common::v1::ErrorDetails details;
  if (bytes.empty() || !details.ParseFromString(bytes))
    return unavailable("dependency_unavailable");
  Error error{.kind = static_cast<ErrorKind>(details.kind()),
              .reason = details.reason(),
              .detail = details.detail()};
  for (const auto& field : details.fields()) {
    error.fields.push_back({field.field(), field.code(), field.detail()});
  }
  error.allowed.assign(details.allowed().begin(), details.allowed().end());
  error.retry_after_s = details.retry_after_s();
  error.current_version = details.current_version();
  return error;
}

int grpc_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unauthenticated:
      return grpc::UNAUTHENTICATED;
    case ErrorKind::forbidden:
      return grpc::PERMISSION_DENIED;
    case ErrorKind::not_found:
      return grpc::NOT_FOUND;
    case ErrorKind::refused:
    case ErrorKind::version_required:
      return grpc::FAILED_PRECONDITION;
    case ErrorKind::stale:
      return grpc::ABORTED;
    case ErrorKind::too_many:
      return grpc::RESOURCE_EXHAUSTED;
    case ErrorKind::unavailable:
      return grpc::UNAVAILABLE;
    case ErrorKind::internal:
      return grpc::INTERNAL;
    default:
      return grpc::INVALID_ARGUMENT;
  }
}

}  // namespace bordero::rpc
