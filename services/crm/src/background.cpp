#include "bordero/crm/v1/background.pb.h"
#include "bordero/crm/v1/events.pb.h"
#include "platform/background/work.hpp"
#include "platform/projection/agency.hpp"
#include "platform/projection/copies.hpp"
#include "platform/redis/client.hpp"
#include "platform/reminders/engine.hpp"
#include "services/crm/src/agency/logo_job.hpp"
#include "services/crm/src/calculations/expiry_job.hpp"
#include "services/crm/src/clients/inactivity_job.hpp"
#include "services/crm/src/deals/on_payment_changed.hpp"
#include "services/crm/src/deals/on_task_changed.hpp"
#include "services/crm/src/policies/policy_clock.hpp"
#include "services/crm/src/reminders/crm_rules.hpp"
#include "services/crm/src/service.hpp"
#include "services/crm/src/users/handover_job.hpp"
#include "services/crm/src/users/on_user_changed.hpp"

namespace bordero::crm {
namespace {

void follow(mq::Consumer& consumer) {
  for (const char* type :
       {"auth.user.created", "auth.user.updated", "auth.user.unblocked", "auth.role.changed"}) {
    consumer.on(type, on_user_changed);
  }
  consumer.on("auth.user.blocked", on_user_blocked);
  projection::follow_agency(consumer);
  for (const char* type : {"payments.payment.planned", "payments.payment.updated",
                           "payments.payment.status_changed"}) {
    consumer.on(type, on_payment_changed);
  }
  for (const char* type : {"tasks.task.created", "tasks.task.assigned", "tasks.task.status_changed",
                           "tasks.task.updated"}) {
    consumer.on(type, on_task_changed);
  }
}

}  // namespace

struct Background::Parts {
  redis::Client redis;
  background::Work work;
};

Background::Background(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(new Parts{
          {executor, config.redis_url},
          {executor, {.service = "crm", .pg_dsn = config.pg_dsn, .amqp_url = config.amqp_url}}}) {
  background::Work& work = parts_->work;
  pg::Database& db = work.db();
  follow(work.consumer());
  work.keep(
      {projection::copy_of_users(db, peers, "crm"), projection::copy_of_agency(db, peers, "crm")},
      background::compared_event<v1::CopiesCompared>());
  work.add(reminders::jobs_of(db, {.service = "crm"}, crm_rules(),
                              reminders::event_of<v1::CrmReminderDue>()));
  redis::Client& redis = parts_->redis;
  work.add({.name = kTakeLogo,
            .step = [&db, &peers] { return take_logo(db, peers); },
            .period = std::chrono::seconds(3)});
  work.add({.name = kHandOver, .step = [&db, &redis] { return hand_over_some(db, redis); }});
  work.add({.name = kExpireCalculations, .step = [&db] { return expire_some(db); }});
  work.add({.name = kPolicyEndIsNear,
            .step = [&db, days = config.renewal_notice_days] { return notice_ends(db, days); }});
  work.add({.name = kPolicyReplaced, .step = [&db] { return close_replaced(db); }});
  work.add({.name = kRetireClients, .step = [&db] { return retire_clients(db); }});
}
Background::~Background() = default;

void Background::start() { parts_->work.start(); }
void Background::stop() { parts_->work.stop(); }

}  // namespace bordero::crm
