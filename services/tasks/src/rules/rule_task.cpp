#include "services/tasks/src/rules/rule_task.hpp"

#include "platform/base/log.hpp"
#include "platform/telemetry/metrics.hpp"
#include "services/tasks/src/tasks/deal_desk.hpp"
#include "services/tasks/src/tasks/task_change.hpp"

namespace bordero::tasks {
namespace {

// One at a time for a rule and subject; true when this occasion made its task already.
awaitable<bool> happened_before(pg::Transaction& tx, const RuleTask& asked) {
  tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
             asked.task.rule() + "/" + asked.subject_id);
  const auto row = co_await tx.find_one(R"sql(
      SELECT EXISTS (SELECT FROM rule_tasks
                      WHERE rule = $1 AND subject_id = $2 AND occasion = $3) AS before)sql",
                                        asked.task.rule(), asked.subject_id, asked.occasion);
  co_return row->get<bool>("before");
}

awaitable<std::optional<StoredTask>> lock_open(pg::Transaction& tx, const RuleTask& asked) {
  const auto row = co_await tx.find_one(R"sql(
      SELECT t.id
        FROM rule_tasks r
        JOIN tasks t ON t.id = r.task_id
       WHERE r.rule = $1 AND r.subject_id = $2 AND t.is_open
       ORDER BY t.id DESC
       LIMIT 1)sql",
                                        asked.task.rule(), asked.subject_id);
  if (!row) co_return std::nullopt;
  const std::string id(row->text("id"));
  auto stored = co_await lock_task(tx, id);
  if (!stored || !is_open(stored->view.status())) co_return std::nullopt;
  co_return stored;
}

void remember(pg::Transaction& tx, const RuleTask& asked, const std::string& task_id) {
  tx.execute(R"sql(
      INSERT INTO rule_tasks (rule, subject_id, occasion, task_id)
      VALUES ($1, $2, $3, $4))sql",
             asked.task.rule(), asked.subject_id, asked.occasion, task_id);
}

awaitable<void> add_line(pg::Transaction& tx, const Context& ctx, const StoredTask& open,
                         const std::string& line) {
  if (line.empty()) co_return;
  v1::Task after = open.view;
  if (!after.description().empty()) after.mutable_description()->push_back('\n');
  after.mutable_description()->append(line);
  after.set_priority(v1::TASK_PRIORITY_HIGH);
  co_await change_task(tx, ctx, open, after);
}

awaitable<std::string> lead_of(pg::Transaction& tx, const std::string& deal_id) {
  if (deal_id.empty()) co_return std::string();
  const auto row = co_await tx.find_one("SELECT lead_agent_id FROM deals WHERE id = $1", deal_id);
  if (!row) co_return std::string();
  co_return std::string(row->text("lead_agent_id"));
}

// The lead even when they work here no more: their tasks pass on with their deals.
awaitable<std::string> assignee_of(pg::Transaction& tx, const std::string& deal_id,
                                   const std::vector<std::string>& candidates) {
  for (const auto& candidate : candidates) {
    if (candidate.empty()) continue;
    const auto fits = co_await check_assignee(tx, deal_id, candidate);
    if (fits) co_return candidate;
  }
  co_return co_await lead_of(tx, deal_id);
}

}  // namespace

awaitable<void> make_rule_task(pg::Transaction& tx, const Context& ctx, const RuleTask& asked,
                               std::vector<std::string> candidates) {
  const bool before = co_await happened_before(tx, asked);
  if (before) co_return;
  const auto open = co_await lock_open(tx, asked);
  if (open) {
    remember(tx, asked, open->view.id());
    co_await add_line(tx, ctx, *open, asked.line);
    co_return;
  }
  v1::Task task = asked.task;
  task.set_assignee_id(co_await assignee_of(tx, task.deal_id(), candidates));
  if (task.assignee_id().empty()) {
    log::error("nobody takes a rule's task", {{"rule", task.rule()}});
    co_return;
  }
  const StoredTask made = co_await make_task(tx, ctx, task);
  remember(tx, asked, made.view.id());
  telemetry::counter("bordero_rule_tasks_total", "Tasks made by rules.", {{"rule", task.rule()}})
      .add(1);
}

}  // namespace bordero::tasks
