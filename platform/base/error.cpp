#include "platform/base/error.hpp"

namespace bordero {

Error invalid(std::string reason, std::string detail) {
  return {.kind = ErrorKind::invalid, .reason = std::move(reason), .detail = std::move(detail)};
}

Error invalid_field(std::string field, std::string code, std::string detail) {
  Error error{.kind = ErrorKind::invalid, .reason = "invalid_argument"};
  error.fields.push_back({std::move(field), std::move(code), std::move(detail)});
  return error;
}

Error forbidden(std::string reason) {
  return {.kind = ErrorKind::forbidden, .reason = std::move(reason)};
}

Error not_found(std::string reason) {
  return {.kind = ErrorKind::not_found, .reason = std::move(reason)};
}

Error refused(std::string reason, std::vector<std::string> allowed) {
  return {.kind = ErrorKind::refused, .reason = std::move(reason), .allowed = std::move(allowed)};
}

Error stale(std::string reason, int current_version) {
  return {
      .kind = ErrorKind::stale, .reason = std::move(reason), .current_version = current_version};
}

Error unavailable(std::string reason, int retry_after_s) {
  return {
      .kind = ErrorKind::unavailable, .reason = std::move(reason), .retry_after_s = retry_after_s};
}

Error unauthenticated(std::string reason) {
  return {.kind = ErrorKind::unauthenticated, .reason = std::move(reason)};
}

void ensure(bool holds, const char* what) {
  if (!holds) throw Impossible(what);
}

}  // namespace bordero
