#include "services/tasks/src/seed/demo.hpp"

#include <array>

#include "demo/people.hpp"
#include "platform/reminders/wall_clock.hpp"
#include "services/tasks/src/tasks/task_change.hpp"

namespace bordero::tasks {
namespace {

constexpr std::chrono::minutes kLimit{2};

// Who gave it to whom (by number among the demo people), and what became of it.
struct DemoTask {
  std::size_t author;
  std::size_t assignee;
  int due_in_days;
  int hour;  // Of a task with a time; -1 for a whole day.
  v1::TaskStatus status;
  v1::TaskPriority priority;
  const char* subject;
  const char* words = "";  // The result.
};
constexpr auto kNew = v1::TASK_STATUS_NEW;
constexpr auto kWork = v1::TASK_STATUS_IN_PROGRESS;
constexpr auto kDone = v1::TASK_STATUS_DONE;
constexpr auto kNormal = v1::TASK_PRIORITY_NORMAL;
constexpr auto kHigh = v1::TASK_PRIORITY_HIGH;
constexpr auto kLow = v1::TASK_PRIORITY_LOW;

// clang-format off
constexpr std::array kTasks = {
    DemoTask{7, 7, 0, 11, kWork, kHigh, "Позвонить клиенту о продлении КАСКО"},
    DemoTask{7, 4, 0, 15, kNew, kNormal, "Собрать три предложения по ипотеке"},
    DemoTask{7, 4, 1, -1, kNew, kNormal, "Проверить анкету водителей"},
    DemoTask{7, 7, -2, -1, kNew, kHigh, "Запросить скан СТС"},
    DemoTask{7, 5, -4, -1, kDone, kNormal, "Сверить реквизиты плательщика", "Реквизиты совпали"},
    DemoTask{8, 8, 0, -1, kNew, kNormal, "Отправить договор на подпись"},
    DemoTask{8, 5, 1, 12, kNew, kNormal, "Пересчитать ДМС на 52 сотрудника"},
    DemoTask{8, 6, -1, -1, kWork, kHigh, "Оформить полис грузоперевозки"},
    DemoTask{8, 8, 3, 10, kNew, kNormal, "Встреча с главным бухгалтером клиента"},
    DemoTask{8, 4, -3, -1, kDone, kLow, "Обновить список автопарка", "В списке 14 машин"},
    DemoTask{9, 9, 1, 9, kNew, kNormal, "Напомнить о втором взносе"},
    DemoTask{9, 6, 0, 17, kWork, kNormal, "Рассчитать страхование имущества склада"},
    DemoTask{9, 2, 0, -1, kNew, kNormal, "Проверить поступление комиссии за октябрь"},
    DemoTask{9, 9, 7, -1, kNew, kLow, "Поздравить клиента с годовщиной"},
    DemoTask{10, 10, 0, 14, kNew, kHigh, "Перезвонить по ДТП"},
    DemoTask{10, 5, 2, -1, kNew, kNormal, "Сравнить ОСАГО трёх страховщиков"},
    DemoTask{10, 3, -1, -1, kNew, kNormal, "Уточнить дату оплаты счёта"},
    DemoTask{10, 10, 5, -1, kNew, kNormal, "Подготовить отчёт клиенту за год"},
    DemoTask{1, 7, 2, -1, kNew, kNormal, "Показать план продлений на декабрь"},
    DemoTask{1, 8, 4, 16, kNew, kNormal, "Разобрать потерянные сделки месяца"},
    DemoTask{2, 2, 0, -1, kWork, kNormal, "Сверить реестр комиссий"},
    DemoTask{2, 3, 1, -1, kNew, kHigh, "Подтвердить поступления за неделю"},
    DemoTask{0, 0, 6, -1, kNew, kLow, "Проверить список доступов"},
};
// clang-format on

Context acting_as(const Context& ctx, std::size_t person) {
  Context acting = ctx;
  acting.caller = {.user_id = std::string(demo::kPeople[person].id),
                   .role = demo::kPeople[person].role};
  return acting;
}

v1::Task task_of(const DemoTask& from, Date today) {
  v1::Task task;
  task.set_subject(from.subject);
  task.set_priority(from.priority);
  task.set_author_id(std::string(demo::kPeople[from.author].id));
  task.set_assignee_id(std::string(demo::kPeople[from.assignee].id));
  const Date day = today.plus_days(from.due_in_days);
  if (from.hour < 0) {
    task.set_due_on(day.str());
  } else {
    task.set_due_at(instant_text(wall_clock::instant_at(day, std::chrono::hours(from.hour))));
    task.add_reminders()->set_minutes(30);
  }
  return task;
}

awaitable<void> seed_task(pg::Transaction& tx, const Context& ctx, const DemoTask& from,
                          Date today) {
  const Context author = acting_as(ctx, from.author);
  const Context assignee = acting_as(ctx, from.assignee);
  const v1::Task wanted = task_of(from, today);
  StoredTask task = co_await make_task(tx, author, wanted);
  for (const auto to : {kWork, kDone}) {
    if (from.status == kNew || task.view.status() >= from.status) break;
    const Transition step{.to = to, .comment = to == kDone ? from.words : ""};
    const v1::Task after = moved(task.view, step);
    task = co_await change_task(tx, assignee, task, after);
  }
}

}  // namespace

awaitable<Result<void>> seed_demo(pg::Database& db) {
  Context ctx = system_context("seed", kLimit);
  CO_TRY(auto tx, co_await db.begin(ctx));
  const auto there = co_await tx.find_one("SELECT EXISTS (SELECT FROM tasks) AS there");
  if (there->get<bool>("there")) co_return Result<void>();

  for (const auto& person : demo::kPeople) {
    tx.execute(R"sql(
        INSERT INTO users (id, full_name, role, status, version)
        VALUES ($1, $2, $3, 'active', 1)
        ON CONFLICT DO NOTHING)sql",
               person.id, person.full_name, role_name(person.role));
  }
  const Date today = clock::today();
  for (const DemoTask& task : kTasks) co_await seed_task(tx, ctx, task, today);
  co_return co_await tx.commit();
}

}  // namespace bordero::tasks
