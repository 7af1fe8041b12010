#include "services/tasks/src/reminders/minutes_job.hpp"

#include "bordero/tasks/v1/events.pb.h"
#include "platform/background/take_some.hpp"
#include "platform/mq/mq.hpp"

namespace bordero::tasks {
namespace {

constexpr std::chrono::seconds kLimit{20};
constexpr int kAtOnce = 500;

// A moment that had passed when the time became known is not told of late.
std::string claim_sql() {
  return R"sql(
    WITH coming AS (
      SELECT t.id, t.due_at, r.minutes
        FROM tasks t
       CROSS JOIN LATERAL (SELECT DISTINCT (j->>'minutes')::integer AS minutes
                             FROM jsonb_array_elements(t.reminders) j
                            WHERE (j->>'minutes')::integer > 0) r
       WHERE t.is_open AND t.due_at IS NOT NULL
         AND t.reminders @? '$[*] ? (@.minutes > 0)'
         AND t.due_at BETWEEN $1::timestamptz - interval '7 days'
                          AND $1::timestamptz + interval '7 days'
         AND t.due_at - make_interval(mins => r.minutes)
             BETWEEN greatest($1::timestamptz - interval '7 days', t.due_known_at)
                 AND $1::timestamptz
         AND NOT EXISTS (SELECT FROM fired_minutes f
                          WHERE f.task_id = t.id AND f.due_at = t.due_at
                            AND f.minutes = r.minutes)
         AND )sql" +
         background::not_set_aside(kRemindByTheMinute, "t.id") + R"sql(
       ORDER BY t.due_at, t.id
       LIMIT $2),
    claimed AS (
      INSERT INTO fired_minutes (task_id, due_at, minutes)
      SELECT id, due_at, minutes FROM coming
          ON CONFLICT DO NOTHING
      RETURNING task_id)
    SELECT t.id AS subject_id, t.due_at, t.deal_id, t.policy_id, t.payment_id, t.subject AS title,
           d.client_name,
           ARRAY(SELECT x.user_id FROM task_access x WHERE x.task_id = t.id) AS audience_ids,
           ARRAY(SELECT x.user_id FROM task_access x
                  WHERE x.task_id = t.id AND x.user_id = t.assignee_id) AS recipient_ids
      FROM (SELECT DISTINCT task_id FROM claimed) c
      JOIN tasks t ON t.id = c.task_id
      LEFT JOIN deals d ON d.id = t.deal_id)sql";
}

v1::TaskReminderDue event_of(const pg::Row& row) {
  v1::TaskReminderDue event;
  auto& reminder = *event.mutable_reminder();
  row.fill(reminder);
  const std::string day = clock::date_of(row.get<Instant>("due_at")).str();
  reminder.set_rule(common::v1::REMINDER_RULE_TASK_DUE);
  reminder.set_subject_type("task");
  reminder.set_on(day);
  reminder.set_fires_on(clock::today().str());
  return event;
}

awaitable<Result<void>> remind(pg::Transaction& tx, Context& ctx, background::Portion& portion) {
  static const std::string sql = claim_sql();
  const auto rows = co_await tx.query(sql, clock::now(), portion.limit);
  for (const auto& row : rows) portion.ids.emplace_back(row.text("subject_id"));
  for (const auto& row : rows) {
    const mq::About about{.entity_type = "reminder",
                          .entity_id = row.get<std::string>("subject_id"),
                          .audience_users = row.get<std::vector<std::string>>("audience_ids"),
                          .audience_roles = {"head", "admin"}};
    mq::publish(tx, ctx, event_of(row), about);
  }
  co_return Result<void>();
}

}  // namespace

awaitable<Result<bool>> remind_by_the_minute(pg::Database& db) {
  return background::take_some(
      db, {.name = kRemindByTheMinute, .at_once = kAtOnce, .limit = kLimit, .actor = "task_due"},
      remind);
}

}  // namespace bordero::tasks
