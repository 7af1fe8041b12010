#include "services/tasks/src/service.hpp"

#include "platform/background/job_rpc.hpp"
#include "platform/redis/client.hpp"
#include "platform/reminders/reminder_rpc.hpp"
#include "services/tasks/src/parse/parse_rpc.hpp"
#include "services/tasks/src/reminders/count_due.hpp"
#include "services/tasks/src/reminders/task_rules.hpp"
#include "services/tasks/src/search/search_rpc.hpp"
#include "services/tasks/src/tasks/batch_rpc.hpp"
#include "services/tasks/src/tasks/task_rpc.hpp"
#include "services/tasks/src/templates/template_rpc.hpp"

namespace bordero::tasks {

struct Service::Parts {
  Parts(const asio::any_io_executor& executor, const Config& config, rpc::Peers& peers)
      : db(executor, {.dsn = config.pg_dsn, .application_name = "tasks"}),
        redis(executor, config.redis_url),
        tasks(db, redis, peers) {}

  pg::Database db;
  redis::Client redis;
  TaskRpc tasks;
  BatchRpc batches{db, redis};
  ParseRpc parsing{db};
  TemplateRpc templates{db};
  SearchRpc search{db, redis};
  reminders::ReminderRpc reminders{db, task_rules()};
  reminders::DueRpc due{db, count_due};
  background::JobRpc jobs{db, "tasks"};
};

namespace {

// A kept answer is shown again only to who may still see what it shows.
void add_tasks(rpc::Dispatcher& to, TaskRpc& tasks) {
  to.add("bordero.tasks.v1.TaskService/ListTasks", tasks, &TaskRpc::list_tasks);
  to.add("bordero.tasks.v1.TaskService/GetTask", tasks, &TaskRpc::get_task);
  to.add("bordero.tasks.v1.TaskService/CreateTask", tasks, &TaskRpc::create_task);
  to.add("bordero.tasks.v1.TaskService/UpdateTask", tasks, &TaskRpc::update_task);
  to.add("bordero.tasks.v1.TaskService/TransitionTask", tasks, &TaskRpc::transition_task);
  to.add("bordero.tasks.v1.TaskService/ListTaskHistory", tasks, &TaskRpc::list_history);
  to.add("bordero.tasks.v1.TaskService/CheckAccess", tasks, &TaskRpc::check_access);
  for (const char* method : {"CreateTask", "UpdateTask", "TransitionTask"}) {
    const std::string name = std::string("bordero.tasks.v1.TaskService/") + method;
    to.on_replay(name.c_str(),
                 [&tasks](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
                   return tasks.still_visible(ctx, static_cast<const v1::Task&>(reply).id());
                 });
  }
}

void add_batches(rpc::Dispatcher& to, BatchRpc& batches, TaskRpc& tasks) {
  to.add("bordero.tasks.v1.TaskService/BatchTasks", batches, &BatchRpc::batch_tasks);
  to.on_replay("bordero.tasks.v1.TaskService/BatchTasks",
               [&tasks](Context& ctx, const rpc::Message&,
                        const rpc::Message& reply) -> awaitable<Result<void>> {
                 for (const auto& one : static_cast<const v1::BatchTasksReply&>(reply).results()) {
                   if (one.ok()) CO_TRY_VOID(co_await tasks.still_visible(ctx, one.id()));
                 }
                 co_return Result<void>();
               });
}

void add_parsing(rpc::Dispatcher& to, ParseRpc& parsing) {
  to.add("bordero.tasks.v1.TaskService/ParseTask", parsing, &ParseRpc::parse_task);
  // Nothing is kept of it: the same line is read anew.
  to.on_replay("bordero.tasks.v1.TaskService/ParseTask",
               [](Context&, const rpc::Message&, const rpc::Message&) -> awaitable<Result<void>> {
                 co_return Result<void>();
               });
}

void add_templates(rpc::Dispatcher& to, TemplateRpc& templates) {
  to.add("bordero.tasks.v1.TemplateService/ListTemplates", templates, &TemplateRpc::list_templates);
  to.add("bordero.tasks.v1.TemplateService/CreateTemplate", templates,
         &TemplateRpc::create_template);
  to.add("bordero.tasks.v1.TemplateService/UpdateTemplate", templates,
         &TemplateRpc::update_template);
  to.add("bordero.tasks.v1.TemplateService/ArchiveTemplate", templates,
         &TemplateRpc::archive_template);
  for (const char* method : {"CreateTemplate", "UpdateTemplate", "ArchiveTemplate"}) {
    const std::string name = std::string("bordero.tasks.v1.TemplateService/") + method;
    to.on_replay(
        name.c_str(), [&templates](Context& ctx, const rpc::Message&, const rpc::Message& reply) {
          return templates.still_visible(ctx, static_cast<const v1::TaskTemplate&>(reply).id());
        });
  }
}

}  // namespace

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  add_tasks(dispatcher, parts_->tasks);
  add_batches(dispatcher, parts_->batches, parts_->tasks);
  add_parsing(dispatcher, parts_->parsing);
  add_templates(dispatcher, parts_->templates);
  dispatcher.add("bordero.tasks.v1.SearchService/Search", parts_->search, &SearchRpc::search);
  dispatcher.add("bordero.tasks.v1.ReminderService/ListReminders", parts_->reminders,
                 &reminders::ReminderRpc::list_reminders);
  dispatcher.add("bordero.tasks.v1.ReminderService/CountDue", parts_->due,
                 &reminders::DueRpc::count);
  dispatcher.add("bordero.tasks.v1.BackgroundService/ListBackgroundJobs", parts_->jobs,
                 &background::JobRpc::list);
}

}  // namespace bordero::tasks
