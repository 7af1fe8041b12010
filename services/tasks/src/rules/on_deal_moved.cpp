#include "services/tasks/src/rules/on_deal_moved.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "services/tasks/src/rules/rule_task.hpp"
#include "services/tasks/src/templates/template_store.hpp"

namespace bordero::tasks {
namespace {

struct DealRule {
  const char* rule;
  const char* template_code;
  std::string occasion;
};

// A step back is no occasion. An active deal goes to issuance for one more policy, each time anew.
std::optional<DealRule> rule_of(const crm::v1::Deal& before, const crm::v1::Deal& after) {
  using namespace crm::v1;
  if (before.status() == DEAL_STATUS_DRAFT && after.status() == DEAL_STATUS_CALCULATION) {
    return DealRule{"deal_calculation", "calculation", "first"};
  }
  if (after.status() != DEAL_STATUS_ISSUANCE) return std::nullopt;
  if (before.status() == DEAL_STATUS_CLIENT_DECISION) {
    return DealRule{"deal_issuance", "issuance", "first"};
  }
  return DealRule{"deal_issuance", "issuance", "version " + std::to_string(after.version())};
}

v1::Task begun_from(const v1::TaskTemplate& with, const crm::v1::Deal& deal) {
  v1::Task task;
  task.set_subject(with.subject());
  task.set_description(with.description());
  task.set_priority(with.priority());
  task.set_deal_id(deal.id());
  *task.mutable_reminders() = with.reminders();
  if (with.has_due_in_days()) {
    task.set_due_on(clock::today().plus_days(with.due_in_days()).str());
  }
  return task;
}

}  // namespace

awaitable<Result<void>> on_deal_moved(pg::Transaction& tx, Context& ctx, const mq::Event& event) {
  crm::v1::DealStatusChanged message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  const auto& deal = message.after();
  const auto rule = rule_of(message.before(), deal);
  if (!rule) co_return Result<void>();
  // Told late, of a deal that is closed by now, it would be a task that nobody cancels.
  const auto row = co_await tx.find_one(
      "SELECT FROM deals WHERE id = $1 AND status <> 'closed' FOR SHARE", deal.id());
  if (!row) co_return Result<void>();

  const auto with = co_await template_of_rule(tx, rule->template_code);
  RuleTask asked{.subject_id = deal.id(),
                 .occasion = rule->occasion,
                 .task = begun_from(with, deal),
                 .line = {}};
  asked.task.set_rule(rule->rule);
  const std::vector<std::string> candidates = {deal.executor_id()};
  Context acting = ctx;
  acting.caller = system_caller(rule->rule);
  co_await make_rule_task(tx, acting, asked, candidates);
  co_return Result<void>();
}

}  // namespace bordero::tasks
