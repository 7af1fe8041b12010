#include "services/@word@/src/service.hpp"

#include "platform/background/job_rpc.hpp"

namespace bordero::@name@ {

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config)
      : db(executor, {.dsn = config.pg_dsn, .application_name = "@name@"}) {}

  pg::Database db;
  background::JobRpc jobs{db, "@name@"};
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(std::move(executor), config)) {}
Service::~Service() = default;

// What answers its rpcs.
void Service::add_to(rpc::Dispatcher& dispatcher) {
  dispatcher.of("@name@").add(parts_->jobs);
}

}  // namespace bordero::@name@
