#include "services/audit/src/service.hpp"

#include <atomic>

#include "platform/base/job.hpp"
#include "platform/mq/mq.hpp"
#include "platform/telemetry/health.hpp"
#include "services/audit/src/entries/entry_rpc.hpp"
#include "services/audit/src/entries/on_event.hpp"
#include "services/audit/src/heads/head_rpc.hpp"
#include "services/audit/src/heads/head_signer.hpp"
#include "services/audit/src/long_transactions/sampler.hpp"
#include "services/audit/src/users/user_copy.hpp"
#include "services/audit/src/verify/verify_job.hpp"
#include "services/audit/src/verify/verify_rpc.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

constexpr int kBatch = 64;  // Entries that may share a transaction.
constexpr auto kTurnLimit = 30s;

pg::Settings store(const Config& config, const char* application_name, int pool_size) {
  return {.dsn = config.pg_dsn, .pool_size = pool_size, .application_name = application_name};
}

awaitable<Result<int>> forget_old_work(pg::Database& db) {
  Context ctx = system_context("forget_old_work", kTurnLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto row = co_await tx.find_one("SELECT forget_old_work(1000) AS forgotten");
  CO_TRY_VOID(co_await tx.commit());
  co_return row->get<int>("forgotten");
}

}  // namespace

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
      : db(executor, store(config, "audit", 4)),
        entries(db, peers),
        heads(db),
        verification(db, SigningKey(config.signing_key).public_key()) {}

  pg::Database db;
  EntryRpc entries;
  HeadRpc heads;
  VerifyRpc verification;
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  dispatcher.add("bordero.audit.v1.AuditService/ListEntries", parts_->entries,
                 &EntryRpc::list_entries);
  dispatcher.add("bordero.audit.v1.AuditService/GetHistory", parts_->entries,
                 &EntryRpc::get_history);
  dispatcher.add("bordero.audit.v1.AuditService/Verify", parts_->verification, &VerifyRpc::verify);
  dispatcher.add("bordero.audit.v1.AuditService/GetHead", parts_->heads, &HeadRpc::get_head);
}

struct Background::Parts {
  Parts(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
      : db(executor, store(config, "audit-background", 3)),
        key(config.signing_key),
        signer(db, key, {.period = config.head_period, .records = config.head_records}),
        sampler(db, config.long_transaction),
        consumer({.service = "audit", .amqp_url = config.amqp_url, .batch = kBatch}, executor, db),
        importing(executor, "audit_import_users", 10s,
                  [this, &peers]() -> awaitable<void> {
                    if (!imported) imported = (co_await import_users(db, peers)).ok();
                  }),
        signing(executor, "audit_sign_head", 1s,
                [this]() -> awaitable<void> { co_await signer.run(); }),
        verifying(executor, "audit_verify_log", config.verify_period,
                  [this]() -> awaitable<void> {
                    co_await signer.run();  // A young log gets its first head before it is judged.
                    co_await verify_and_tell(db, key.public_key());
                  }),
        sampling(executor, "audit_sample_long_transactions", 10s,
                 [this]() -> awaitable<void> { (co_await sampler.sample()).value(); }),
        forgetting(executor, "audit_forget_old_work", 10min,
                   [this]() -> awaitable<void> {
                     while ((co_await forget_old_work(db)).value() > 0) {
                     }
                   }),
        watching(executor, "audit_watch_database", 1s,
                 [this]() -> awaitable<void> { *database_up = co_await db.healthy(); }),
        jobs{&importing, &signing, &verifying, &sampling, &forgetting, &watching} {}

  pg::Database db;
  SigningKey key;
  HeadSigner signer;
  LongTransactionSampler sampler;
  mq::Consumer consumer;
  bool imported = false;
  Job importing;
  Job signing;
  Job verifying;
  Job sampling;
  Job forgetting;
  // Readiness is asked until the process ends, which may be after this object has.
  std::shared_ptr<std::atomic<bool>> database_up = std::make_shared<std::atomic<bool>>(false);
  Job watching;
  const std::vector<Job*> jobs;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {}
Background::~Background() = default;

void Background::start() {
  // Everything else works while Audit does not: its queue waits.
  telemetry::add_readiness(
      "audit_postgres", [up = parts_->database_up] { return up->load(); }, false);
  parts_->consumer.on("#", &on_event);
  parts_->consumer.start();
  for (Job* job : parts_->jobs) job->start();
}

void Background::stop() {
  for (Job* job : parts_->jobs) job->stop();
}

}  // namespace bordero::audit
