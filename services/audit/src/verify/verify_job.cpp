#include "services/audit/src/verify/verify_job.hpp"

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/audit/src/verify/log_verifier.hpp"

namespace bordero::audit {

awaitable<void> verify_and_tell(pg::Database& db, const std::string& public_key) {
  const auto started = std::chrono::steady_clock::now();
  const auto verdict = co_await verify_log(db, public_key);
  if (!verdict) throw Broken("the audit log cannot be read: " + verdict.error().reason);
  const auto saved = co_await save_verdict(db, *verdict);
  if (!saved) throw Broken("the verdict cannot be kept: " + saved.error().reason);

  telemetry::gauge("bordero_audit_verified",
                   "1 when the last pass over the whole log found nothing")
      .set(verdict->ok() ? 1 : 0);
  telemetry::gauge("bordero_audit_verified_timestamp_seconds", "When the last pass ended")
      .set(std::chrono::duration<double>(clock::now().time_since_epoch()).count());
  const auto took = std::chrono::steady_clock::now() - started;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  if (verdict->ok()) {
    log::info("audit log verified", {{"size", verdict->size()},
                                     {"root", verdict->root()},
                                     {"duration_ms", static_cast<std::int64_t>(ms)}});
  } else {
    log::error("audit log does not verify",
               {{"problem", verdict->problem()}, {"position", verdict->position()}});
  }
}

}  // namespace bordero::audit
