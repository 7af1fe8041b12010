#include "services/payments/src/service.hpp"

#include "platform/mq/mq.hpp"

namespace bordero::payments {

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config)
      : db(executor, {.dsn = config.pg_dsn, .application_name = "payments"}) {}

  pg::Database db;
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(std::move(executor), config)) {}
Service::~Service() = default;

// One line for each rpc: dispatcher.add("bordero.payments.v1.…", parts_->…, &…Rpc::…).
void Service::add_to(rpc::Dispatcher&) {}

struct Background::Parts {
  Parts(const asio::any_io_executor& executor, const Config& config)
      : db(executor, {.dsn = config.pg_dsn, .application_name = "payments-background"}),
        relay({.service = "payments", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}),
        consumer({.service = "payments", .amqp_url = config.amqp_url}, executor, db) {}

  pg::Database db;
  mq::Relay relay;
  mq::Consumer consumer;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(executor, config)) {}
Background::~Background() = default;

// One line for each event before it: parts_->consumer.on("crm.deal.closed", on_deal_closed).
void Background::start() { parts_->consumer.start(); }

void Background::stop() {}

}  // namespace bordero::payments
