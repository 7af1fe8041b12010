#include "services/audit/src/long_transactions/sampler.hpp"

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

void tell(const pg::Row& row) {
  telemetry::counter("bordero_audit_long_transactions_total",
                     "Transactions of Audit's instance that stayed open too long")
      .add();
  log::warning("long transaction", {{"pid", row.get<int>("pid")},
                                    {"age_s", row.get<double>("age_s")},
                                    {"state", row.text("state")},
                                    {"database", row.text("database")},
                                    {"role", row.text("role")},
                                    {"application", row.text("application_name")}});
}

}  // namespace

awaitable<Result<int>> LongTransactionSampler::sample() {
  Context ctx = system_context("sample_long_transactions", 5s);
  CO_TRY(auto tx, co_await db_.read(ctx));
  const auto rows = co_await tx.query(R"sql(
      SELECT pid, state, datname AS database, usename AS role, application_name,
             xact_start::text AS started_at,
             extract(epoch FROM clock_timestamp() - xact_start)::float8 AS age_s
        FROM pg_stat_activity
       WHERE backend_type = 'client backend'
         AND pid <> pg_backend_pid()
         AND xact_start < clock_timestamp() - make_interval(secs => $1)
       ORDER BY xact_start)sql",
                                      static_cast<double>(threshold_.count()));

  std::map<int, std::string> seen;
  for (const auto& row : rows) {
    const int pid = row.get<int>("pid");
    const std::string started_at(row.text("started_at"));
    const auto told = told_.find(pid);
    if (told == told_.end() || told->second != started_at) tell(row);
    seen.emplace(pid, started_at);
  }
  told_ = std::move(seen);
  const int count = static_cast<int>(rows.size());
  telemetry::gauge("bordero_audit_long_transactions",
                   "Transactions of Audit's instance open too long now")
      .set(count);
  co_return count;
}

}  // namespace bordero::audit
