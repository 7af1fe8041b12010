#include "bordero/audit/v1/background.pb.h"
#include "platform/background/work.hpp"
#include "services/audit/src/entries/on_event.hpp"
#include "services/audit/src/heads/head_signer.hpp"
#include "services/audit/src/long_transactions/sampler.hpp"
#include "services/audit/src/service.hpp"
#include "services/audit/src/users/user_copy.hpp"
#include "services/audit/src/verify/verify_job.hpp"

namespace bordero::audit {
namespace {

using namespace std::chrono_literals;

constexpr int kBatch = 64;  // Entries that may share a transaction.

}  // namespace

struct Background::Parts {
  Parts(const asio::any_io_executor& executor, const Config& config)
      // Everything else works while Audit does not: its queue waits.
      : work(executor, {.service = "audit",
                        .pg_dsn = config.pg_dsn,
                        .amqp_url = config.amqp_url,
                        .events_at_once = kBatch,
                        .required = false}),
        key(config.signing_key),
        signer(work.db(), key, {.period = config.head_period, .records = config.head_records}),
        sampler(work.db(), config.long_transaction) {}

  awaitable<Result<bool>> sign();
  awaitable<Result<bool>> verify();
  awaitable<Result<bool>> sample();

  background::Work work;
  SigningKey key;
  HeadSigner signer;
  LongTransactionSampler sampler;
};

awaitable<Result<bool>> Background::Parts::sign() {
  co_await signer.run();
  co_return false;
}

awaitable<Result<bool>> Background::Parts::verify() {
  co_await signer.run();  // A young log gets its first head before it is judged.
  co_await verify_and_tell(work.db(), key.public_key());
  co_return false;
}

awaitable<Result<bool>> Background::Parts::sample() {
  CO_TRY_VOID(co_await sampler.sample());
  co_return false;
}

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config)) {
  Parts& parts = *parts_;
  parts.work.consumer().on("#", &on_event);
  parts.work.keep({copy_of_users(parts.work.db(), peers)},
                  background::compared_event<v1::CopiesCompared>());
  parts.work.add({.name = "sign_head", .step = [&parts] { return parts.sign(); }});
  parts.work.add({.name = "verify_log",
                  .step = [&parts] { return parts.verify(); },
                  .period = config.verify_period});
  parts.work.add({.name = "sample_long_transactions",
                  .step = [&parts] { return parts.sample(); },
                  .period = 10s});
}
Background::~Background() = default;

void Background::start() { parts_->work.start(); }
void Background::stop() { parts_->work.stop(); }

}  // namespace bordero::audit
