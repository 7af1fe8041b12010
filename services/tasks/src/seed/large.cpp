#include "services/tasks/src/seed/large.hpp"

#include "platform/base/log.hpp"
#include "services/tasks/src/seed/large_rows.hpp"

namespace bordero::tasks {
namespace {

const std::vector<std::string> kTables = {"deals",       "deal_access",     "tasks",
                                          "task_access", "task_events",     "task_search",
                                          "rule_tasks",  "fired_reminders", "fired_minutes"};

void load(const std::string& dsn, const SeedOptions& options) {
  const large::Book book(options, clock::today());
  LargeRows rows(book.today());
  demo::CopyLoad copy(dsn, rows.targets());
  for (int number = 1; number <= options.deals; ++number) {
    rows.add(book.file(static_cast<unsigned>(number)));
    copy.send();
  }
  copy.finish();
}

// Numbers given later continue after the loaded ones.
void continue_numbers(pg::BlockingConnection& owner, int tasks) {
  for (const int year : {clock::today().year(), clock::today().year() + 1}) {
    const std::string text = std::to_string(year);
    const std::string sequence = "'task_numbers_" + text + "'";
    std::string sql = "SELECT next_task_number(" + text + "); SELECT setval(";
    sql.append(sequence).append(", greatest(");
    sql.append(std::to_string(large::last_number(tasks))).append(", nextval(");
    owner.execute(sql.append(sequence).append(")))"));
  }
}

bool is_loaded(pg::BlockingConnection& owner) {
  return !owner.column("SELECT id FROM deals WHERE id = $1", {seed_id(large::kDealFamily, 1)})
              .empty();
}

}  // namespace

void seed_large(const Config& config, const SeedOptions& options) {
  pg::BlockingConnection owner(config.pg_migrate_dsn);
  if (!is_loaded(owner)) {
    demo::load_large_users(owner);
    demo::take_away_indexes(owner, kTables);
    load(config.pg_migrate_dsn, options);
    continue_numbers(owner, options.tasks);
    demo::deals_are_copied(owner);
    log::info("large set loaded", {{"tasks", options.tasks}});
  }
  demo::bring_back_indexes(owner);
  log::info("large set indexed");
}

}  // namespace bordero::tasks
