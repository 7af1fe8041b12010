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

Service::Service(asio::any_io_executor executor, const Config& config, rpc::Peers& peers)
    : parts_(std::make_unique<Parts>(executor, config, peers)) {}
Service::~Service() = default;

void Service::add_to(rpc::Dispatcher& dispatcher) {
  auto to = dispatcher.of("tasks");
  to.add(parts_->tasks, parts_->batches, parts_->parsing, parts_->templates, parts_->search,
         parts_->reminders, parts_->due, parts_->jobs);
  to.shows<v1::Task>("id", parts_->tasks, &TaskRpc::still_visible);
  to.shows<v1::BatchTasksReply>("results.id", parts_->tasks, &TaskRpc::still_visible);
  to.shows<v1::TaskTemplate>("id", parts_->templates, &TemplateRpc::still_visible);
  to.shows_to_its_caller<v1::ParsedTask>();
}

}  // namespace bordero::tasks
