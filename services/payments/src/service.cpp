#include "services/payments/src/service.hpp"

#include "platform/background/job_rpc.hpp"
#include "platform/redis/client.hpp"
#include "platform/reminders/reminder_rpc.hpp"
#include "services/payments/src/access/access_rpc.hpp"
#include "services/payments/src/commission/rule_rpc.hpp"
#include "services/payments/src/payments/batch_rpc.hpp"
#include "services/payments/src/payments/payment_rpc.hpp"
#include "services/payments/src/reminders/count_due.hpp"
#include "services/payments/src/reminders/payment_rules.hpp"
#include "services/payments/src/reports/plan_fact_rpc.hpp"
#include "services/payments/src/search/search_rpc.hpp"

namespace bordero::payments {

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config)
      : db(executor, {.dsn = config.pg_dsn, .application_name = "payments"}),
        redis(executor, config.redis_url) {}

  pg::Database db;
  redis::Client redis;
  PaymentRpc payments{db, redis};
  BatchRpc batches{db, redis};
  RuleRpc rules{db};
  PlanFactRpc plan_fact{db, redis};
  AccessRpc access{db, redis};
  SearchRpc search{db, redis};
  reminders::ReminderRpc reminders{db, payment_rules()};
  reminders::DueRpc due{db, count_due};
  background::JobRpc jobs{db, "payments"};
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(std::move(executor), config)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  auto to = dispatcher.of("payments");
  to.add(parts_->payments, parts_->batches, parts_->rules, parts_->plan_fact, parts_->search,
         parts_->access, parts_->reminders, parts_->due, parts_->jobs);
  to.shows<v1::Payment>("id", parts_->payments, &PaymentRpc::still_visible);
  to.shows<v1::BatchPaymentsReply>("results.id", parts_->payments, &PaymentRpc::still_visible);
  to.shows_to_its_caller<v1::CommissionRule, v1::PreviewCommissionRulesReply>();
}

}  // namespace bordero::payments
