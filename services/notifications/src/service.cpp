#include "services/notifications/src/service.hpp"

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
};

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(std::move(executor), config, peers)) {}
Service::~Service() = default;

namespace {

// Kept answers are found by their own caller alone; only those with a record ask again.
awaitable<Result<void>> to_its_owner(Context&, const rpc::Message&, const rpc::Message&) {
  co_return Result<void>();
}

void add_jobs(rpc::Dispatcher& dispatcher, jobs::JobRpc& jobs, ExportRpc& exports) {
  const auto name = [](const char* method) {
    return std::string("bordero.notifications.v1.JobService/") + method;
  };
  dispatcher.add(name("StartExport").c_str(), exports, &ExportRpc::start_export);
  dispatcher.add(name("ListJobs").c_str(), jobs, &jobs::JobRpc::list);
  dispatcher.add(name("GetJob").c_str(), jobs, &jobs::JobRpc::get);
  dispatcher.add(name("CancelJob").c_str(), jobs, &jobs::JobRpc::cancel);
  dispatcher.add(name("GetJobFile").c_str(), exports, &ExportRpc::get_file);
  dispatcher.on_replay(name("StartExport").c_str(), to_its_owner);
  dispatcher.on_replay(name("CancelJob").c_str(), to_its_owner);
}

}  // namespace

void Service::add_to(rpc::Dispatcher& dispatcher) {
  const auto name = [](const char* method) {
    return std::string("bordero.notifications.v1.NotificationService/") + method;
  };
  const auto add = [&](const char* method, auto& rpc, auto handler) {
    dispatcher.add(name(method).c_str(), rpc, handler);
  };
  auto& notifications = parts_->notifications;
  add("ListNotifications", notifications, &NotificationRpc::list);
  add("CountNotifications", notifications, &NotificationRpc::count);
  add("MarkRead", notifications, &NotificationRpc::mark_read);
  add("MarkUnread", notifications, &NotificationRpc::mark_unread);
  add("RemindLater", notifications, &NotificationRpc::remind_later);
  add("GetNotificationSettings", parts_->settings, &SettingsRpc::get);
  add("UpdateNotificationSettings", parts_->settings, &SettingsRpc::update);
  add_jobs(dispatcher, parts_->jobs, parts_->exports);

  const auto by_reply = [&notifications](Context& ctx, const rpc::Message&,
                                         const rpc::Message& reply) {
    return notifications.still_visible(ctx, static_cast<const v1::Notification&>(reply).id());
  };
  dispatcher.on_replay(name("MarkRead").c_str(), to_its_owner);
  dispatcher.on_replay(name("UpdateNotificationSettings").c_str(), to_its_owner);
  dispatcher.on_replay(name("MarkUnread").c_str(), by_reply);
  dispatcher.on_replay(name("RemindLater").c_str(), by_reply);
}

}  // namespace bordero::notifications
