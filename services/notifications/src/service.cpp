#include "services/notifications/src/service.hpp"

#include "platform/background/job_rpc.hpp"
#include "platform/jobs/job_rpc.hpp"
#include "platform/redis/client.hpp"
#include "services/notifications/src/exports/export_rpc.hpp"
#include "services/notifications/src/inbox/notification_rpc.hpp"
#include "services/notifications/src/settings/settings_rpc.hpp"

namespace bordero::notifications {

struct Service::Parts {
  Parts(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
      : db(executor, {.dsn = config.pg_dsn, .application_name = "notifications"}),
        redis(executor, config.redis_url),
        exports(db, redis, peers) {}

  pg::Database db;
  redis::Client redis;
  NotificationRpc notifications{db, redis};
  SettingsRpc settings{db};
  ExportRpc exports;
  jobs::JobRpc jobs{db, job_declaration({}),
                    [this](Context& ctx, auto& shown) { return exports.show(ctx, shown); }};
  background::JobRpc background_jobs{db, "notifications"};
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(std::move(executor), config, peers)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  auto to = dispatcher.of("notifications");
  to.add(parts_->notifications, parts_->settings, parts_->jobs, parts_->exports,
         parts_->background_jobs);
  to.shows<v1::Notification>("id", parts_->notifications, &NotificationRpc::still_visible);
  // All of it belongs to who asked.
  to.shows_to_its_caller<v1::MarkReadReply, v1::NotificationSettings, common::v1::Job>();
}

}  // namespace bordero::notifications
