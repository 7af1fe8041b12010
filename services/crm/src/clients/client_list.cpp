#include "services/crm/src/clients/client_list.hpp"

#include "platform/lists/filter.hpp"
#include "platform/lists/list_page.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/access/team.hpp"
#include "services/crm/src/clients/client_figures.hpp"
#include "services/crm/src/search/word_tables.hpp"

namespace bordero::crm {
namespace {

using lists::FieldType;

constexpr const char* kColumns = R"sql(
    c.id, c.type, c.full_name, c.short_name, c.tax_number, c.registration_number, c.segment,
    c.status, c.contacts, c.owner_id, o.full_name AS owner_name, c.archived, c.created_at,
    c.updated_at, c.version)sql";

// `narrow` is the table whose index leads the list: the caller's access rows, or the clients.
lists::Spec spec_of(const std::string& narrow, const std::string& id_column) {
  lists::Spec spec;
  spec.resource = "clients";
  spec.default_order = "short_name";
  spec.id_column = id_column;
  spec.fields = {
      {"type",
       {.column = "c.type",
        .type = FieldType::keyword,
        .groupable = true,
        .keywords = {"individual", "company"}}},
      {"status",
       {.column = "c.status",
        .type = FieldType::keyword,
        .groupable = true,
        .keywords = {"potential", "active", "inactive"}}},
      {"full_name", {.column = "c.full_name"}},
      {"short_name",
       {.column = "c.short_name", .sortable = true, .sort_column = narrow + ".sort_name"}},
      {"segment", {.column = "c.segment", .groupable = true}},
      {"owner.full_name",
       {.column = "fu.full_name", .within = "c.owner_id IN (SELECT fu.id FROM users fu WHERE $?)"}},
      {"owner_id",
       {.column = "c.owner_id", .type = FieldType::uuid, .groupable = true, .person = true}},
      {"tax_number", {.column = "c.tax_number"}},
      {"archived", {.column = narrow + ".archived", .type = FieldType::boolean}},
      {"created_at", {.column = "c.created_at", .type = FieldType::instant, .sortable = true}},
      {"updated_at", {.column = "c.updated_at", .type = FieldType::instant, .sortable = true}},
  };
  return spec;
}

const lists::Spec& all_spec() {
  static const lists::Spec spec = spec_of("c", "c.id");
  return spec;
}
const lists::Spec& own_spec() {
  static const lists::Spec spec = spec_of("a", "a.client_id");
  return spec;
}

// A left join, so that counts that need nothing of `clients` never visit it.
lists::ListSource source_of(const Caller& caller, bool own) {
  lists::ListSource source{.columns = kColumns,
                           .from = "clients c",
                           .joins = "LEFT JOIN users o ON o.id = c.owner_id",
                           .team = team_of(caller)};
  source.columns += ", " + client_figures(own);
  if (!own) return source;
  source.columns += ", a.is_owner, a.deal_count AS shared_deals";
  source.from = "client_access a LEFT JOIN clients c ON c.id = a.client_id";
  source.where = "a.user_id = $1 AND " + related_seen(caller.role, "clients.read");
  source.params = {user_param(caller)};
  return source;
}

}  // namespace

awaitable<Result<v1::ListClientsReply>> list_page_of_clients(
    pg::Transaction& tx, const Caller& caller, const v1::ListClientsRequest& request) {
  const bool own = clients_seen(caller.role) != "true";
  lists::ListSource source = source_of(caller, own);
  CO_TRY(const auto filter, lists::parse_filter(request.filter()));
  if (!lists::speaks_of(filter, "archived")) {
    source.where += own ? " AND NOT a.archived" : " AND NOT c.archived";
  }
  if (!request.q().empty()) {
    co_await lists::narrow_to_words(tx, source, kClientWords, "c.id", request.q(), own);
  }
  const auto& spec = own ? own_spec() : all_spec();
  const auto asked = lists::request_of(request);
  CO_TRY(auto page, co_await read_page(tx, spec, asked, std::move(source)));

  v1::ListClientsReply reply;
  for (const auto& row : page.rows) {
    v1::Client& client = *reply.add_clients();
    row.fill(client);
    policy::Relation relation;
    relation.owner = own && row.get<bool>("is_owner");
    relation.member = own && row.get<int>("shared_deals") > 0;
    show_client(client, caller, relation);
  }
  put_page(page, reply);
  co_return reply;
}

}  // namespace bordero::crm
