#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace bordero {

// What went wrong, as HTTP and gRPC tell it. The number is the HTTP status.
enum class ErrorKind {
  invalid = 400,
  unauthenticated = 401,
  forbidden = 403,
  not_found = 404,
  wrong_method = 405,
  refused = 409,
  stale = 412,
  too_large = 413,
  unsupported = 415,
  mismatch = 422,
  version_required = 428,
  too_many = 429,
  internal = 500,
  unavailable = 503,
  // Not a failure: the kept answer of an earlier call with the same idempotency key. The
  // dispatcher turns it into that answer; nobody else sees it.
  replayed = 0,
};

struct FieldError {
  std::string field;
  std::string code;
  std::string detail = {};
};

// The caller broke a rule, or a remote system said no. `reason` is stable for ever; `detail` is
// English for developers and never holds personal data.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string reason;
  std::string detail = {};
  std::vector<FieldError> fields = {};
  std::vector<std::string> allowed = {};  // What would have been allowed, e.g. statuses.
  int retry_after_s = 0;
  int current_version = 0;       // With stale: what the record is at now.
  std::string kept_answer = {};  // With replayed: the serialized reply.
};

Error invalid(std::string reason, std::string detail = {});
Error invalid_field(std::string field, std::string code, std::string detail = {});
Error forbidden(std::string reason);
Error not_found(std::string reason);
Error refused(std::string reason, std::vector<std::string> allowed = {});
Error stale(std::string reason, int current_version);
Error unavailable(std::string reason, int retry_after_s = 1);
Error unauthenticated(std::string reason);

// We are wrong: an impossible state. Becomes a 500 and an alert.
class Impossible : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};
void ensure(bool holds, const char* what);

// Our world is broken: a store is gone or answers nonsense. Becomes a 503.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace bordero
