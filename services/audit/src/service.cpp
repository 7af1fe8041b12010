#include "services/audit/src/service.hpp"

#include "platform/base/job.hpp"
#include "platform/mq/mq.hpp"
#include "platform/telemetry/health.hpp"
#include "services/audit/src/entries/entry_rpc.hpp"
#include "services/audit/src/entries/on_event.hpp"
#include "services/audit/src/heads/head_rpc.hpp"
#include "services/audit/src/heads/head_signer.hpp"
#include "services/audit/src/long_transactions/sampler.hpp"
#include "services/audit/src/verify/verify_job.hpp"
#include "services/audit/src/verify/verify_rpc.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

pg::Settings store(const Config& config, const char* application_name) {
  return {.dsn = config.pg_dsn, .application_name = application_name};
}

}  // namespace

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
      : db(executor, store(config, "audit")),
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
  Parts(asio::any_io_executor executor, const Config& config)
      : db(executor, store(config, "audit-background")),
        key(config.signing_key),
        signer(db, key, {.period = config.head_period, .records = config.head_records}),
        sampler(db, config.long_transaction),
        consumer({.service = "audit", .amqp_url = config.amqp_url}, executor, db),
        signing(executor, "audit_sign_head", 1s,
                [this]() -> awaitable<void> { co_await signer.run(); }),
        verifying(executor, "audit_verify_log", config.verify_period,
                  [this]() -> awaitable<void> {
                    co_await signer.run();  // A young log gets its first head before it is judged.
                    co_await verify_and_tell(db, key.public_key());
                  }),
        sampling(executor, "audit_sample_long_transactions", 10s,
                 [this]() -> awaitable<void> { (co_await sampler.sample()).value(); }) {}

  pg::Database db;
  SigningKey key;
  HeadSigner signer;
  LongTransactionSampler sampler;
  mq::Consumer consumer;
  Job signing;
  Job verifying;
  Job sampling;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(executor, config)) {}
Background::~Background() = default;

void Background::start() {
  parts_->consumer.on("#", &on_event);
  parts_->consumer.start();
  parts_->signing.start();
  parts_->verifying.start();
  parts_->sampling.start();
}

void Background::stop() {
  parts_->signing.stop();
  parts_->verifying.stop();
  parts_->sampling.stop();
}

}  // namespace bordero::audit
