#include "services/crm/src/policies/policy_list.hpp"

#include "platform/lists/list_page.hpp"
#include "platform/search/folding.hpp"
#include "platform/search/search_query.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/access/member_filter.hpp"
#include "services/crm/src/access/team.hpp"
#include "services/crm/src/policies/policy_store.hpp"
#include "services/crm/src/search/word_tables.hpp"

namespace bordero::crm {
namespace {

using lists::Field;
using lists::FieldType;

Field date(const std::string& column) {
  return {.column = column,
          .type = FieldType::date,
          .sortable = true,
          .nullable = true,
          .groupable = true};
}
Field uuid(const std::string& column, bool nullable = true) {
  return {.column = column, .type = FieldType::uuid, .nullable = nullable};
}
Field instant(const std::string& column) {
  return {.column = column, .type = FieldType::instant, .sortable = true, .groupable = true};
}
Field keyword(const std::string& column, std::vector<std::string> keywords) {
  return {.column = column,
          .type = FieldType::keyword,
          .groupable = true,
          .keywords = std::move(keywords)};
}
Field amount(const std::string& column, bool nullable) {
  return {.column = column + " / 100.0",
          .type = FieldType::number,
          .sortable = !nullable,
          .nullable = nullable};
}

// `narrow` is the table whose index leads the list: the caller's access rows, or the policies.
lists::Spec spec_of(const std::string& narrow, const std::string& id_column) {
  lists::Spec spec;
  spec.resource = "policies";
  spec.default_order = "effective_to";
  spec.id_column = id_column;
  spec.sums = {{"premium", "p.premium_minor"}};
  spec.currency = "p.currency";
  Field insurer = uuid("p.insurer_id", false);
  insurer.groupable = true;
  Field lead = uuid("d.lead_agent_id", false);
  lead.groupable = true;
  lead.person = true;
  Field executor = uuid("d.executor_id");
  executor.person = true;
  Field member = uuid("p.id", false);
  member.person = true;
  member.condition = seen_by(
      narrow, narrow == "a"
                  ? "a.policy_id IN (SELECT m.policy_id FROM policy_access m WHERE m.user_id = $?)"
                  : "p.deal_id IN (SELECT m.deal_id FROM deal_access m WHERE m.user_id = $?)");
  spec.fields = {
      {"deal_id", uuid("p.deal_id", false)},
      {"client_id", uuid("p.client_id", false)},
      {"calculation_id", uuid("p.calculation_id")},
      {"number", {.column = "p.number", .sortable = true}},
      {"insurer_id", insurer},
      {"product", keyword("p.product", {"osago", "kasko", "mortgage", "property", "dms", "ns",
                                        "travel", "liability", "cargo", "other"})},
      {"program", {.column = "p.program"}},
      {"status", keyword(narrow + ".status", {"draft", "active", "renewal_pending", "closed"})},
      {"effective_from", date("p.effective_from")},
      {"effective_to", date(narrow + ".effective_to")},
      {"premium", amount("p.premium_minor", false)},
      {"coverage_sum", amount("p.coverage_sum_minor", true)},
      {"payment_route", keyword("p.payment_route", {"direct", "gross", "net"})},
      {"is_renewal", {.column = "p.is_renewal", .type = FieldType::boolean}},
      {"predecessor_id", uuid("p.predecessor_id")},
      {"successor_id", uuid("p.successor_id")},
      {"renewal_state",
       keyword("p.renewal_state", {"upcoming", "quoted", "drafted", "renewed", "lapsed", "ended"})},
      {"ready_quotes", {.column = "p.ready_quotes", .type = FieldType::number}},
      {"premium_change",
       {.column = "p.premium_change",
        .type = FieldType::number,
        .sortable = true,
        .nullable = true}},
      {"lead_agent_id", lead},
      {"executor_id", executor},
      {"member_id", member},
      {"closed_on", date("p.closed_on")},
      {"created_at", instant("p.created_at")},
      {"updated_at", instant("p.updated_at")},
  };
  spec.fields["closed_on"].sortable = false;
  spec.fields["renewal_state"].nullable = true;  // A draft has none.
  return spec;
}

const lists::Spec& all_spec() {
  static const lists::Spec spec = spec_of("p", "p.id");
  return spec;
}
const lists::Spec& own_spec() {
  static const lists::Spec spec = spec_of("a", "a.policy_id");
  return spec;
}

// Left joins, so that counts that need nothing of the joined tables never visit them.
lists::ListSource source_of(const Caller& caller, bool own, std::string_view action) {
  lists::ListSource source{.columns = kPolicyColumns,
                           .from = "policies p LEFT JOIN deals d ON d.id = p.deal_id",
                           .joins = kPolicyJoins,
                           .team = team_of(caller)};
  if (!own) return source;
  source.columns += ", a.is_lead";
  source.from =
      "policy_access a LEFT JOIN policies p ON p.id = a.policy_id "
      "LEFT JOIN deals d ON d.id = p.deal_id";
  source.where =
      "a.user_id = $1 AND " +
      policy::predicate(caller, action, {.lead = "a.is_lead", .member = "true", .owner = ""});
  source.params = {user_param(caller)};
  return source;
}

// Numbers that begin with so few characters are many, and met soon by going along the list.
constexpr int kFewNumbers = 150'000;

awaitable<bool> begins_few(pg::Transaction& tx, const std::string& beginning) {
  const std::string sql =
      "SELECT count(*)::integer AS n FROM (SELECT FROM policies WHERE number_key LIKE $1 "
      "AND number_key <> '' LIMIT " +
      std::to_string(kFewNumbers + 1) + ") AS counted";
  const auto row = co_await tx.find_one(sql, beginning);
  co_return row->get<int>("n") <= kFewNumbers;
}

awaitable<bool> finds_none(pg::Transaction& tx, const std::string& words) {
  const auto row = co_await tx.find_one(
      "SELECT NOT EXISTS (SELECT FROM deals_found($1::tsquery, 1)) AS none", words);
  co_return row->get<bool>("none");
}

// Policies by the beginning of their numbers alone, in an index that also has what lists are
// ordered by: OFFSET 0 keeps the planner from going along the list in the hope of meeting them.
constexpr const char* kNumbered =
    "(SELECT * FROM policies WHERE number_key LIKE $1 AND number_key <> '' OFFSET 0) p "
    "LEFT JOIN deals d ON d.id = p.deal_id";

// By the beginning of a number, or by words of the deal.
awaitable<void> add_search(pg::Transaction& tx, lists::ListSource& source, const std::string& typed,
                           bool own) {
  const std::string beginning = search::code_of(typed) + "%";
  const search::SearchQuery query = search::parse_search(typed);
  if (query.beginnings.empty()) {
    source.where += " AND false";
    co_return;
  }
  const bool numbered = beginning.size() > 1;
  bool few = !own && co_await lists::finds_few(tx, kDealWords, query.beginnings);
  if (few && numbered) few = co_await begins_few(tx, beginning);
  if (few && numbered && co_await finds_none(tx, query.beginnings)) {
    source.from = kNumbered;
    source.params = {beginning};
    co_return;
  }
  source.params.emplace_back(beginning);
  const std::string number = "$" + std::to_string(source.params.size());
  source.params.emplace_back(query.beginnings);
  const std::size_t words = source.params.size();
  const std::string begins = numbered ? ".number_key LIKE " + number : ".number_key = " + number;
  const std::string sought = "s.words @@ $" + std::to_string(words) + "::tsquery";
  if (few) {
    source.where += " AND p.id IN (SELECT y.id FROM policies y WHERE y" + begins +
                    " AND y.number_key <> '' UNION SELECT y.id FROM " +
                    lists::few_found(kDealWords, words) +
                    " JOIN policies y ON y.deal_id = s.deal_id)";
  } else if (own) {
    source.where += " AND (p" + begins +
                    " OR p.deal_id IN (SELECT s.deal_id FROM deal_search s WHERE " + sought +
                    " AND s.users @> ARRAY[$1::uuid]))";
  } else {
    source.where += " AND (p" + begins + " OR (SELECT " + sought +
                    " FROM deal_search s WHERE s.deal_id = p.deal_id))";
  }
}

}  // namespace

PolicySource policy_source(const Caller& caller, std::string_view action) {
  const bool own = deals_seen(caller.role) != "true";
  return {.spec = own ? own_spec() : all_spec(),
          .source = source_of(caller, own, action),
          .narrow = own ? "a" : "p"};
}

awaitable<Result<v1::ListPoliciesReply>> list_page_of_policies(
    pg::Transaction& tx, const Caller& caller, const v1::ListPoliciesRequest& request) {
  const bool own = deals_seen(caller.role) != "true";
  lists::ListSource source = source_of(caller, own, "policies.read");
  if (!request.q().empty()) co_await add_search(tx, source, request.q(), own);
  // Of many that are found only the page's are read whole.
  const bool ids_first = !request.q().empty() && !own;
  if (ids_first) {
    source.columns = "p.id";
    source.joins.clear();
  }
  const auto& spec = own ? own_spec() : all_spec();
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec, asked, std::move(source)));

  v1::ListPoliciesReply reply;
  std::vector<SeenPolicy> policies;
  if (ids_first) {
    std::vector<std::string> ids;
    for (const auto& row : page.rows) ids.emplace_back(row.text("id"));
    policies = co_await view_policies(tx, ids);
  } else {
    for (const auto& row : page.rows) {
      SeenPolicy& seen = policies.emplace_back(policy_of(row));
      seen.relation.lead = own && row.get<bool>("is_lead");
      seen.relation.member = own && !seen.relation.lead;
    }
  }
  for (SeenPolicy& seen : policies) {
    show_policy(seen, caller);
    *reply.add_policies() = std::move(seen.view);
  }
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
