#include "services/audit/src/service.hpp"

#include "platform/background/job_rpc.hpp"
#include "services/audit/src/entries/entry_rpc.hpp"
#include "services/audit/src/heads/head.hpp"
#include "services/audit/src/heads/head_rpc.hpp"
#include "services/audit/src/verify/verify_rpc.hpp"

namespace bordero::audit {
namespace {

pg::Settings store(const Config& config, const char* application_name, int pool_size) {
  return {.dsn = config.pg_dsn, .pool_size = pool_size, .application_name = application_name};
}

}  // namespace

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
      : db(executor, store(config, "audit", 4)),
        entries(db, peers),
        heads(db),
        verification(db, SigningKey(config.signing_key).public_key()),
        jobs(db, "audit") {}

  pg::Database db;
  EntryRpc entries;
  HeadRpc heads;
  VerifyRpc verification;
  background::JobRpc jobs;
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  auto to = dispatcher.of("audit");
  to.add(parts_->entries, parts_->verification, parts_->heads, parts_->jobs);
}

}  // namespace bordero::audit
