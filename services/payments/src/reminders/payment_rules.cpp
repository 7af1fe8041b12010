#include "services/payments/src/reminders/payment_rules.hpp"

namespace bordero::payments {
namespace {

using common::v1::ReminderRule;

// `task` is the subject line before the payment's number, `assignee` whose task it is.
reminders::Rule rule_of(ReminderRule rule, std::vector<int> offsets, const std::string& task,
                        const std::string& assignee) {
  return {.rule = rule,
          .subject_type = "payment",
          .offsets = std::move(offsets),
          .subjects = R"sql(
      SELECT p.id AS subject_id, p.planned_date AS base_on, p.dated_at AS since,
             ARRAY(SELECT x.user_id FROM payment_access x WHERE x.payment_id = p.id)
               AS audience_ids,
             ARRAY(SELECT DISTINCT x.user_id FROM payment_access x
                    WHERE x.payment_id = p.id
                      AND x.user_id IN (d.lead_agent_id, d.finance_controller_id))
               AS recipient_ids,
             p.deal_id, p.policy_id, p.id AS payment_id, p.number AS title,
             coalesce(d.client_name, o.client_name) AS client_name,
             CASE WHEN d.id IS NOT NULL THEN
               jsonb_build_object('subject', ')sql" +
                      task + R"sql( ' || p.number, 'assignee_id', )sql" + assignee +
                      R"sql() END AS task
        FROM payments p
        JOIN policies o ON o.id = p.policy_id
        LEFT JOIN deals d ON d.id = p.deal_id
       WHERE p.status IN ('planned', 'expected') AND NOT p.voided
         AND p.planned_date BETWEEN $1::date AND $2::date)sql",
          .dates = R"sql(
      SELECT p.id AS subject_id, p.planned_date AS base_on
        FROM payments p
       WHERE p.status IN ('planned', 'expected') AND NOT p.voided
         AND p.planned_date BETWEEN $1::date AND $2::date)sql"};
}

}  // namespace

std::vector<reminders::Rule> payment_rules() {
  return {
      rule_of(common::v1::REMINDER_RULE_PAYMENT_DUE, {-14, -3, 0}, "Подтвердить платёж",
              "coalesce(d.finance_controller_id, d.lead_agent_id)"),
      rule_of(common::v1::REMINDER_RULE_PAYMENT_OVERDUE, {1, 5},
              "Связаться с плательщиком, записать итог и новую дату: платёж", "d.lead_agent_id")};
}

}  // namespace bordero::payments
