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

namespace {

rpc::StillVisible to_everybody() {
  return [](Context&, const rpc::Message&, const rpc::Message&) -> awaitable<Result<void>> {
    co_return Result<void>();
  };
}

void add_payments(rpc::Dispatcher& to, PaymentRpc& payments, BatchRpc& batches) {
  to.add("bordero.payments.v1.PaymentService/ListPayments", payments, &PaymentRpc::list_payments);
  to.add("bordero.payments.v1.PaymentService/GetPayment", payments, &PaymentRpc::get_payment);
  to.add("bordero.payments.v1.PaymentService/CreatePayment", payments, &PaymentRpc::create_payment);
  to.add("bordero.payments.v1.PaymentService/UpdatePayment", payments, &PaymentRpc::update_payment);
  to.add("bordero.payments.v1.PaymentService/TransitionPayment", payments,
         &PaymentRpc::transition_payment);
  to.add("bordero.payments.v1.PaymentService/VoidPayment", payments, &PaymentRpc::void_payment);
  to.add("bordero.payments.v1.PaymentService/ListPaymentVersions", payments,
         &PaymentRpc::list_versions);
  to.add("bordero.payments.v1.PaymentService/ExplainPayment", payments, &PaymentRpc::explain);
  to.add("bordero.payments.v1.PaymentService/BatchPayments", batches, &BatchRpc::batch_payments);
  for (const char* method :
       {"CreatePayment", "UpdatePayment", "TransitionPayment", "VoidPayment"}) {
    const std::string name = std::string("bordero.payments.v1.PaymentService/") + method;
    to.on_replay(name.c_str(),
                 [&payments](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
                   return payments.still_visible(ctx, static_cast<const v1::Payment&>(reply).id());
                 });
  }
  to.on_replay("bordero.payments.v1.PaymentService/BatchPayments",
               [&batches](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
                 return batches.still_visible(ctx,
                                              static_cast<const v1::BatchPaymentsReply&>(reply));
               });
}

void add_rules(rpc::Dispatcher& to, RuleRpc& rules) {
  to.add("bordero.payments.v1.CommissionRuleService/ListCommissionRules", rules,
         &RuleRpc::list_rules);
  to.add("bordero.payments.v1.CommissionRuleService/GetCommissionRule", rules, &RuleRpc::get_rule);
  to.add("bordero.payments.v1.CommissionRuleService/CreateCommissionRule", rules,
         &RuleRpc::create_rule);
  to.add("bordero.payments.v1.CommissionRuleService/UpdateCommissionRule", rules,
         &RuleRpc::update_rule);
  to.add("bordero.payments.v1.CommissionRuleService/ListCommissionRuleVersions", rules,
         &RuleRpc::list_versions);
  to.add("bordero.payments.v1.CommissionRuleService/PreviewCommissionRules", rules,
         &RuleRpc::preview);
  for (const char* method :
       {"CreateCommissionRule", "UpdateCommissionRule", "PreviewCommissionRules"}) {
    const std::string name = std::string("bordero.payments.v1.CommissionRuleService/") + method;
    to.on_replay(name.c_str(), to_everybody());
  }
}

}  // namespace

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers&)
    : parts_(std::make_unique<Parts>(std::move(executor), config)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  add_payments(dispatcher, parts_->payments, parts_->batches);
  add_rules(dispatcher, parts_->rules);
  dispatcher.add("bordero.payments.v1.PaymentService/GetPlanFact", parts_->plan_fact,
                 &PlanFactRpc::get_plan_fact);
  dispatcher.add("bordero.payments.v1.SearchService/Search", parts_->search, &SearchRpc::search);
  dispatcher.add("bordero.payments.v1.PaymentService/CheckAccess", parts_->access,
                 &AccessRpc::check_access);
  dispatcher.add("bordero.payments.v1.ReminderService/ListReminders", parts_->reminders,
                 &reminders::ReminderRpc::list_reminders);
  dispatcher.add("bordero.payments.v1.ReminderService/CountDue", parts_->due,
                 &reminders::DueRpc::count);
  dispatcher.add("bordero.payments.v1.BackgroundService/ListBackgroundJobs", parts_->jobs,
                 &background::JobRpc::list);
}

}  // namespace bordero::payments
