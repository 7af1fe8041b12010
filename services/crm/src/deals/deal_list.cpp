#include "services/crm/src/deals/deal_list.hpp"

#include "platform/lists/list_page.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/access/member_filter.hpp"
#include "services/crm/src/access/team.hpp"
#include "services/crm/src/search/word_tables.hpp"

namespace bordero::crm {
namespace {

using lists::Field;
using lists::FieldType;

// Names are looked up row by row, past the sort and the limit: a join of users is read as a whole
// for each row when the planner expects one.
constexpr const char* kColumns = R"sql(
    d.id, d.number, d.client_id,
    (SELECT c.short_name FROM clients c WHERE c.id = d.client_id) AS client_name, d.title,
    d.status, d.status_changed_at, d.start_date, d.expected_close_date, d.next_review_at,
    d.lost_reason, d.lead_agent_id,
    (SELECT u.full_name FROM users u WHERE u.id = d.lead_agent_id) AS lead_agent_name,
    d.executor_id, (SELECT u.full_name FROM users u WHERE u.id = d.executor_id) AS executor_name,
    d.finance_controller_id, d.deadline_on, d.deadline_reason, d.deadline_subject_id,
    d.deadline_waiting_on, d.deadline_assignee_id,
    (SELECT u.full_name FROM users u WHERE u.id = d.deadline_assignee_id)
      AS deadline_assignee_name,
    (SELECT t.title FROM deal_dates t
      WHERE t.deal_id = d.id AND t.kind = d.deadline_reason
        AND t.subject_id = d.deadline_subject_id) AS deadline_title, d.continued_from_id,
    d.renews_policy_id, d.created_at, d.updated_at,
    d.version, (SELECT count(*) FROM policies p
                 WHERE p.deal_id = d.id AND p.status IN ('active', 'renewal_pending'))
                 AS active_policy_count,
    q.calculation_count, q.ready_calculation_count, q.chosen_calculation_count)sql";
constexpr const char* kJoins = R"sql(
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS calculation_count,
             (count(*) FILTER (WHERE k.status IN ('ready', 'chosen')))::integer
               AS ready_calculation_count,
             (count(*) FILTER (WHERE k.status = 'chosen'))::integer AS chosen_calculation_count
        FROM calculations k
       WHERE k.deal_id = d.id) q)sql";

// `narrow` is the table whose index leads the list: the caller's access rows, or the deals.
lists::Spec spec_of(const std::string& narrow, const std::string& id_column) {
  lists::Spec spec;
  spec.resource = "deals";
  spec.default_order = "deadline_on";
  spec.id_column = id_column;
  const auto date = [](const std::string& column) {
    return Field{.column = column, .type = FieldType::date, .nullable = true};
  };
  const auto person = [](const std::string& column) {
    return Field{.column = column, .type = FieldType::uuid, .nullable = true, .person = true};
  };
  // Names of others are looked up where an index finds them.
  const auto client = [](const std::string& column) {
    return Field{.column = "fc." + column,
                 .within = "d.client_id IN (SELECT fc.id FROM clients fc WHERE $?)"};
  };
  const auto user = [](const std::string& column) {
    return Field{.column = "fu.full_name",
                 .within = column + " IN (SELECT fu.id FROM users fu WHERE $?)"};
  };
  spec.fields = {
      {"number", {.column = "d.number", .sortable = true}},
      {"client_id", {.column = "d.client_id", .type = FieldType::uuid}},
      {"client.full_name", client("full_name")},
      {"client.short_name", client("short_name")},
      {"client.tax_number", client("tax_number")},
      {"title", {.column = "d.title"}},
      {"status",
       {.column = narrow + ".status",
        .type = FieldType::keyword,
        .groupable = true,
        .keywords = {"draft", "calculation", "client_decision", "issuance", "active", "closed"}}},
      {"lead_agent_id",
       {.column = "d.lead_agent_id", .type = FieldType::uuid, .groupable = true, .person = true}},
      {"lead_agent.full_name", user("d.lead_agent_id")},
      {"executor.full_name", user("d.executor_id")},
      {"executor_id", person("d.executor_id")},
      {"finance_controller_id", person("d.finance_controller_id")},
      {"member_id",
       {.column = id_column,
        .type = FieldType::uuid,
        .condition = seen_by(narrow, id_column + " IN (SELECT m.deal_id FROM deal_access m "
                                                 "WHERE m.user_id = $?)"),
        .person = true}},
      {"start_date", date("d.start_date")},
      {"expected_close_date", date("d.expected_close_date")},
      {"next_review_at", date("d.next_review_at")},
      {"deadline_on",
       {.column = narrow + ".deadline_on",
        .type = FieldType::date,
        .sortable = true,
        .nullable = true,
        .groupable = true}},
      {"created_at", {.column = "d.created_at", .type = FieldType::instant, .sortable = true}},
      {"updated_at", {.column = "d.updated_at", .type = FieldType::instant, .sortable = true}},
  };
  return spec;
}

const lists::Spec& all_spec() {
  static const lists::Spec spec = spec_of("d", "d.id");
  return spec;
}
const lists::Spec& own_spec() {
  static const lists::Spec spec = spec_of("a", "a.deal_id");
  return spec;
}

// A left join, so that counts that need nothing of `deals` never visit it.
lists::ListSource source_of(const Caller& caller, bool own) {
  lists::ListSource source{
      .columns = kColumns, .from = "deals d", .joins = kJoins, .team = team_of(caller)};
  if (!own) return source;
  source.columns += ", a.is_lead";
  source.from = "deal_access a LEFT JOIN deals d ON d.id = a.deal_id";
  source.where = "a.user_id = $1 AND " + related_seen(caller.role, "deals.read");
  source.params = {user_param(caller)};
  return source;
}

}  // namespace

awaitable<Result<v1::ListDealsReply>> list_page_of_deals(pg::Transaction& tx, const Caller& caller,
                                                         const v1::ListDealsRequest& request) {
  const bool own = deals_seen(caller.role) != "true";
  lists::ListSource source = source_of(caller, own);
  if (!request.q().empty()) {
    co_await lists::narrow_to_words(tx, source, kDealWords, "d.id", request.q(), own);
  }
  const auto& spec = own ? own_spec() : all_spec();
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec, asked, std::move(source)));

  v1::ListDealsReply reply;
  for (const auto& row : page.rows) {
    v1::Deal& deal = *reply.add_deals();
    deal = deal_of(row);
    policy::Relation relation;
    relation.lead = own && row.get<bool>("is_lead");
    relation.member = own && !relation.lead;
    show_deal(deal, caller, relation);
  }
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
