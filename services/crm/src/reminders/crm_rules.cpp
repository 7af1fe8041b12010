#include "services/crm/src/reminders/crm_rules.hpp"

namespace bordero::crm {
namespace {

constexpr const char* kAudience =
    "ARRAY(SELECT m.user_id FROM deal_access m WHERE m.deal_id = d.id) AS audience_ids";
constexpr const char* kToLead = "ARRAY[d.lead_agent_id] AS recipient_ids";
constexpr const char* kToLeadAndExecutor =
    "ARRAY(SELECT DISTINCT u FROM unnest(ARRAY[d.lead_agent_id, d.executor_id]) u"
    " WHERE u IS NOT NULL) AS recipient_ids";

std::string task(const char* subject, const char* assignee, bool needs_comment) {
  return std::string("jsonb_build_object('subject', '") + subject + "' || ': ' || p.number, " +
         "'assignee_id', " + assignee + ", 'needs_comment', " + (needs_comment ? "true" : "false") +
         ") AS task";
}

constexpr const char* kEnding =
    " WHERE p.effective_to BETWEEN $1::date AND $2::date"
    " AND p.status IN ('active', 'renewal_pending')"
    " AND (s.id IS NULL OR s.status = 'draft')";
constexpr const char* kEndingDates =
    "SELECT p.id AS subject_id, p.effective_to AS base_on"
    " FROM policies p LEFT JOIN policies s ON s.id = p.successor_id";
constexpr const char* kPlanned =
    " WHERE a.due_on BETWEEN $1::date AND $2::date AND a.status = 'planned'"
    " AND p.status <> 'closed'";
constexpr const char* kPlannedDates =
    "SELECT a.id AS subject_id, a.due_on AS base_on"
    " FROM amendments a JOIN policies p ON p.id = a.policy_id";
constexpr const char* kReviewed =
    " WHERE d.next_review_at BETWEEN $1::date AND $2::date AND d.status <> 'closed'";
constexpr const char* kReviewedDates =
    "SELECT d.id AS subject_id, d.next_review_at AS base_on FROM deals d";

// Policies in force that no successor in force continues, by their end.
std::string ending_policies(const std::string& told, const std::string& asked) {
  return std::string(
             "SELECT p.id AS subject_id, p.effective_to AS base_on, "
             "p.activated_at AS since, ") +
         kAudience + ", " + told +
         ", p.deal_id, p.id AS policy_id, concat_ws(' ', i.short_name, p.number) AS title, "
         "c.short_name AS client_name, " +
         asked +
         " FROM policies p JOIN deals d ON d.id = p.deal_id"
         " JOIN clients c ON c.id = p.client_id JOIN insurers i ON i.id = p.insurer_id"
         " LEFT JOIN policies s ON s.id = p.successor_id" +
         kEnding;
}

std::string planned_amendments() {
  return std::string("SELECT a.id AS subject_id, a.due_on AS base_on, a.created_at AS since, ") +
         kAudience + ", " + kToLeadAndExecutor +
         ", p.deal_id, p.id AS policy_id, a.description AS title, c.short_name AS client_name, " +
         task("Согласовать доп. соглашение", "a.handler_id", false) +
         " FROM amendments a JOIN policies p ON p.id = a.policy_id"
         " JOIN deals d ON d.id = p.deal_id JOIN clients c ON c.id = p.client_id" +
         kPlanned;
}

std::string reviewed_deals() {
  return std::string(
             "SELECT d.id AS subject_id, d.next_review_at AS base_on,"
             " NULL::timestamptz AS since, ") +
         kAudience + ", " + kToLead +
         ", d.id AS deal_id, d.title, c.short_name AS client_name"
         " FROM deals d JOIN clients c ON c.id = d.client_id" +
         kReviewed;
}

}  // namespace

std::vector<reminders::Rule> crm_rules() {
  const std::string ending_dates = std::string(kEndingDates) + kEnding;
  return {{.rule = common::v1::REMINDER_RULE_RENEWAL_AHEAD,
           .subject_type = "policy",
           .offsets = {-30, -7},
           .subjects = ending_policies(
               kToLead, task("Подготовить предложение о продлении", "d.lead_agent_id", false)),
           .dates = ending_dates},
          {.rule = common::v1::REMINDER_RULE_POLICY_ENDED,
           .subject_type = "policy",
           .offsets = {0, 3},
           .subjects = ending_policies(kToLeadAndExecutor,
                                       task("Полис истёк без продления", "d.lead_agent_id", true)),
           .dates = ending_dates},
          {.rule = common::v1::REMINDER_RULE_AMENDMENT_DUE,
           .subject_type = "amendment",
           .offsets = {-5},
           .subjects = planned_amendments(),
           .dates = std::string(kPlannedDates) + kPlanned},
          {.rule = common::v1::REMINDER_RULE_DEAL_REVIEW,
           .subject_type = "deal",
           .offsets = {0},
           .subjects = reviewed_deals(),
           .dates = std::string(kReviewedDates) + kReviewed}};
}

}  // namespace bordero::crm
