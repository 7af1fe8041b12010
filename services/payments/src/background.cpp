#include "bordero/payments/v1/background.pb.h"
#include "bordero/payments/v1/events.pb.h"
#include "platform/background/work.hpp"
#include "platform/projection/copies.hpp"
#include "platform/projection/deals.hpp"
#include "platform/projection/users.hpp"
#include "platform/reminders/engine.hpp"
#include "services/payments/src/policies/on_policy.hpp"
#include "services/payments/src/reminders/payment_rules.hpp"
#include "services/payments/src/service.hpp"

namespace bordero::payments {

struct Background::Parts {
  background::Work work;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(new Parts{
          {executor,
           {.service = "payments", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}}}) {
  background::Work& work = parts_->work;
  projection::follow_users(work.consumer());
  projection::follow_deals(work.consumer());
  follow_policies(work.consumer());
  work.keep({projection::copy_of_users(work.db(), peers, "payments"),
             projection::copy_of_deals(work.db(), peers, "payments")},
            background::compared_event<v1::CopiesCompared>());
  work.add(reminders::jobs_of(work.db(), {.service = "payments"}, payment_rules(),
                              reminders::event_of<v1::PaymentReminderDue>()));
}
Background::~Background() = default;

void Background::start() { parts_->work.start(); }
void Background::stop() { parts_->work.stop(); }

}  // namespace bordero::payments
