#include "services/crm/src/clients/client_store.hpp"

#include <algorithm>

#include "platform/json/list.hpp"
#include "platform/search/folding.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/clients/client_figures.hpp"

namespace bordero::crm {
namespace {

// $1 is the client, $2 the caller, $3 whether the caller sees every deal.
constexpr std::string_view kViewClient = R"sql(
    SELECT c.id, c.type, c.full_name, c.short_name, c.tax_number, c.registration_number,
           c.birth_date, c.segment, c.status, c.contacts, c.address, c.notes, c.owner_id,
           o.full_name AS owner_name, c.consent, c.archived, c.created_at, c.updated_at,
           c.version, coalesce(a.is_owner, false) AS is_owner,
           coalesce(a.deal_count, 0) AS shared_deals,
           CASE WHEN $3 THEN (SELECT count(*) FROM deals d WHERE d.client_id = c.id)
                ELSE coalesce(a.deal_count, 0) END AS deal_count
      FROM clients c
      LEFT JOIN users o ON o.id = c.owner_id
      LEFT JOIN client_access a ON a.client_id = c.id AND a.user_id = $2
     WHERE c.id = $1)sql";

awaitable<Result<SeenClient>> seen_client(pg::Transaction& tx, Id<Client> id,
                                          const Caller& caller) {
  const bool all = deals_seen(caller.role) == "true";
  const auto row = co_await tx.find_one(kViewClient, id, user_param(caller), all);
  if (!row) co_return not_found("client_not_found");
  SeenClient seen;
  seen.view = row->to<v1::Client>();
  seen.relation.owner = row->get<bool>("is_owner");
  seen.relation.member = row->get<int>("shared_deals") > 0;
  CO_TRY_VOID(may(caller, "clients.read", "clients.read", seen.relation, "client_not_found"));
  co_return seen;
}

std::optional<std::string> consent_json(const v1::Client& client) {
  if (!client.has_consent()) return std::nullopt;
  return json::text(client.consent());
}

void save_words(pg::Transaction& tx, const v1::Client& client) {
  tx.execute(R"sql(
      INSERT INTO client_search (client_id, words, users)
      SELECT $1::uuid, array_to_tsvector($2::text[]),
             coalesce((SELECT array_agg(user_id) FROM client_access WHERE client_id = $1::uuid),
                      '{}')
      ON CONFLICT (client_id) DO UPDATE SET words = EXCLUDED.words)sql",
             client.id(), words_of(client).list());
}

}  // namespace

awaitable<Result<SeenClient>> find_client(pg::Transaction& tx, Id<Client> id,
                                          const Caller& caller) {
  co_return co_await seen_client(tx, id, caller);
}

awaitable<Result<SeenClient>> lock_client(pg::Transaction& tx, Id<Client> id,
                                          const Caller& caller) {
  tx.execute("SELECT FROM clients WHERE id = $1 FOR UPDATE", id);
  co_return co_await seen_client(tx, id, caller);
}

awaitable<Result<SeenClient>> share_client(pg::Transaction& tx, Id<Client> id,
                                           const Caller& caller) {
  tx.execute("SELECT FROM clients WHERE id = $1 FOR SHARE", id);
  co_return co_await seen_client(tx, id, caller);
}

awaitable<Result<SeenClient>> share_client_in_use(pg::Transaction& tx, Id<Client> id,
                                                  const Caller& caller) {
  CO_TRY(SeenClient seen, co_await share_client(tx, id, caller));
  if (seen.view.archived()) co_return refused("client_is_archived");
  co_return seen;
}

awaitable<void> add_figures(pg::Transaction& tx, const Caller& caller, v1::Client& client) {
  const bool own = deals_seen(caller.role) != "true";
  const std::string sql = "SELECT " + client_figures(own) + " FROM clients c WHERE c.id = $2" +
                          (own ? "" : " AND ($1::uuid IS NULL OR true)");
  const auto row = co_await tx.find_one(sql, user_param(caller), client.id());
  if (row) row->fill(client);
}

awaitable<v1::Client> view_client(pg::Transaction& tx, Id<Client> id) {
  const auto row = co_await tx.find_one(kViewClient, id, nullptr, false);
  ensure(row.has_value(), "a client that was just saved is there");
  auto view = row->to<v1::Client>();
  view.clear_deal_count();
  co_return view;
}

void insert_client(pg::Transaction& tx, const v1::Client& client) {
  tx.execute(R"sql(
      INSERT INTO clients (id, type, full_name, short_name, sort_name, tax_number,
                           registration_number, birth_date, segment, contacts, address, notes,
                           owner_id, consent)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql",
             client.id(), client.type(), client.full_name(), client.short_name(),
             search::folded_name(client.short_name()), client.tax_number(),
             client.registration_number(), Date::parse(client.birth_date()), client.segment(),
             json::list_text(client.contacts()), client.address(), client.notes(),
             client.owner_id(), consent_json(client));
  save_words(tx, client);
}

void save_client(pg::Transaction& tx, const v1::Client& client) {
  tx.execute(R"sql(
      UPDATE clients
         SET full_name = $2, short_name = $3, sort_name = $4, tax_number = $5,
             registration_number = $6, birth_date = $7, segment = $8, status = $9, contacts = $10,
             address = $11, notes = $12, owner_id = $13, consent = $14, archived = $15,
             updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             client.id(), client.full_name(), client.short_name(),
             search::folded_name(client.short_name()), client.tax_number(),
             client.registration_number(), Date::parse(client.birth_date()), client.segment(),
             client.status(), json::list_text(client.contacts()), client.address(), client.notes(),
             client.owner_id(), consent_json(client), client.archived());
  save_words(tx, client);
}

awaitable<std::vector<std::string>> audience_of_client(pg::Transaction& tx, Id<Client> id) {
  const auto rows = co_await tx.query(R"sql(
      SELECT user_id
        FROM client_access
       WHERE client_id = $1
       ORDER BY user_id)sql",
                                      id);
  std::vector<std::string> users;
  for (const auto& row : rows) users.emplace_back(row.text("user_id"));
  co_return users;
}

void save_distinction(pg::Transaction& tx, Id<Client> one, Id<Client> other, const Caller& caller) {
  tx.execute(R"sql(
      INSERT INTO client_distinctions (lower_id, higher_id, marked_by)
      VALUES ($1, $2, $3)
      ON CONFLICT DO NOTHING)sql",
             std::min(one, other), std::max(one, other), caller.user_id);
}

}  // namespace bordero::crm
