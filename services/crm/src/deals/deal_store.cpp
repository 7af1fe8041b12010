#include "services/crm/src/deals/deal_store.hpp"

#include <algorithm>

#include "platform/background/take_some.hpp"
#include "platform/json/list.hpp"
#include "services/crm/src/access/access.hpp"
#include "services/crm/src/deals/deal_dates.hpp"
#include "services/crm/src/deals/insured_object.hpp"
#include "services/crm/src/users/handover_job.hpp"

namespace bordero::crm {
namespace {

// $1 is the deal, $2 the caller.
constexpr std::string_view kViewDeal = R"sql(
    SELECT d.id, d.number, d.client_id, c.short_name AS client_name, d.title, d.description,
           d.status, d.status_changed_at, d.start_date, d.expected_close_date, d.next_review_at,
           d.lost_reason, d.objects, d.lead_agent_id, l.full_name AS lead_agent_name,
           d.executor_id, e.full_name AS executor_name, d.finance_controller_id,
           d.deadline_on, d.deadline_reason, d.deadline_subject_id, d.deadline_waiting_on,
           d.deadline_assignee_id, da.full_name AS deadline_assignee_name,
           (SELECT t.title FROM deal_dates t
             WHERE t.deal_id = d.id AND t.kind = d.deadline_reason
               AND t.subject_id = d.deadline_subject_id) AS deadline_title,
           d.continued_from_id, d.renews_policy_id, d.created_at, d.updated_at,
           d.version, a.user_id AS seen_by, a.is_lead, p.policy_count, p.active_policy_count,
           q.calculation_count, q.ready_calculation_count, q.chosen_calculation_count,
           (SELECT jsonb_agg(jsonb_build_object(
                     'user_id', m.user_id, 'full_name', coalesce(u.full_name, ''),
                     'function', m.function, 'role', coalesce(u.role, ''))
                     ORDER BY array_position(ARRAY['lead_agent', 'executor', 'finance_controller',
                                                   'participant'], m.function),
                              u.full_name, m.user_id)
              FROM deal_members m
              LEFT JOIN users u ON u.id = m.user_id
             WHERE m.deal_id = d.id) AS members
      FROM deals d
      JOIN clients c ON c.id = d.client_id
      LEFT JOIN users l ON l.id = d.lead_agent_id
      LEFT JOIN users e ON e.id = d.executor_id
     CROSS JOIN LATERAL (
           SELECT count(*)::integer AS calculation_count,
                  (count(*) FILTER (WHERE k.status IN ('ready', 'chosen')))::integer
                    AS ready_calculation_count,
                  (count(*) FILTER (WHERE k.status = 'chosen'))::integer
                    AS chosen_calculation_count
             FROM calculations k
            WHERE k.deal_id = d.id) q
      LEFT JOIN users da ON da.id = d.deadline_assignee_id
     CROSS JOIN LATERAL (
           SELECT count(*) AS policy_count,
                  count(*) FILTER (WHERE status IN ('active', 'renewal_pending'))
                    AS active_policy_count
             FROM policies WHERE deal_id = d.id) p
      LEFT JOIN deal_access a ON a.deal_id = d.id AND a.user_id = $2
     WHERE d.id = $1)sql";

awaitable<Result<SeenDeal>> seen_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller) {
  const auto row = co_await tx.find_one(kViewDeal, id, user_param(caller));
  if (!row) co_return not_found("deal_not_found");
  SeenDeal seen;
  seen.view = deal_of(*row);
  const bool related = !row->is_null("seen_by");
  seen.relation.lead = related && row->get<bool>("is_lead");
  seen.relation.member = related && !seen.relation.lead;
  CO_TRY_VOID(may(caller, "deals.read", "deals.read", seen.relation, "deal_not_found"));
  co_return seen;
}

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

awaitable<Result<SeenDeal>> find_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller) {
  co_return co_await seen_deal(tx, id, caller);
}

// The relation is read by a statement after the one that waits for the row, so that it sees what
// the earlier holder committed.
awaitable<Result<SeenDeal>> lock_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller) {
  tx.execute("SELECT FROM deals WHERE id = $1 FOR UPDATE", id);
  co_return co_await seen_deal(tx, id, caller);
}

awaitable<Result<SeenDeal>> share_deal(pg::Transaction& tx, Id<Deal> id, const Caller& caller) {
  tx.execute("SELECT FROM deals WHERE id = $1 FOR SHARE", id);
  co_return co_await seen_deal(tx, id, caller);
}

awaitable<v1::Deal> view_deal(pg::Transaction& tx, Id<Deal> id) {
  const auto row = co_await tx.find_one(kViewDeal, id, nullptr);
  ensure(row.has_value(), "a deal that was just saved is there");
  co_return deal_of(*row);
}

void insert_deal(pg::Transaction& tx, const v1::Deal& deal) {
  tx.execute(R"sql(
      INSERT INTO deals (id, number, client_id, title, description, status, start_date,
                         expected_close_date, next_review_at, objects, lead_agent_id, executor_id,
                         finance_controller_id, continued_from_id, renews_policy_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))sql",
             deal.id(), deal.number(), deal.client_id(), deal.title(), deal.description(),
             deal.status(), Date::parse(deal.start_date()), Date::parse(deal.expected_close_date()),
             Date::parse(deal.next_review_at()), json::list_text(deal.objects()),
             deal.lead_agent_id(), optional_text(deal.executor_id()),
             optional_text(deal.finance_controller_id()), optional_text(deal.continued_from_id()),
             optional_text(deal.renews_policy_id()));
  refresh_deadlines(tx, {deal.id()});
}

void save_deal(pg::Transaction& tx, const v1::Deal& deal) {
  tx.execute(R"sql(
      UPDATE deals
         SET title = $2, description = $3, start_date = $4, expected_close_date = $5,
             next_review_at = $6, objects = $7, lost_reason = $9, lead_agent_id = $10,
             executor_id = $11, finance_controller_id = $12, status = $8,
             deadline_on = CASE WHEN $8 = 'closed' THEN NULL ELSE deadline_on END,
             deadline_reason = CASE WHEN $8 = 'closed' THEN '' ELSE deadline_reason END,
             issuance_at = CASE WHEN $8 = 'issuance' AND status <> $8 THEN $13::timestamptz
                                ELSE issuance_at END,
             status_changed_at = CASE WHEN status = $8 THEN status_changed_at ELSE now() END,
             updated_at = now(), version = version + 1
       WHERE id = $1)sql",
             deal.id(), deal.title(), deal.description(), Date::parse(deal.start_date()),
             Date::parse(deal.expected_close_date()), Date::parse(deal.next_review_at()),
             json::list_text(deal.objects()), deal.status(), deal.lost_reason(),
             deal.lead_agent_id(), optional_text(deal.executor_id()),
             optional_text(deal.finance_controller_id()), clock::now());
  refresh_deadlines(tx, {deal.id()});
}

void save_team(pg::Transaction& tx, const v1::Deal& deal, const Team& before, const Team& after) {
  const auto has = [](const Team& team, const TeamMember& member) {
    return std::find(team.begin(), team.end(), member) != team.end();
  };
  for (const auto& member : before) {
    if (has(after, member)) continue;
    tx.execute("DELETE FROM deal_members WHERE deal_id = $1 AND user_id = $2 AND function = $3",
               deal.id(), member.user_id, member.function);
  }
  for (const auto& member : after) {
    if (has(before, member)) continue;
    tx.execute("INSERT INTO deal_members (deal_id, user_id, function) VALUES ($1, $2, $3)",
               deal.id(), member.user_id, member.function);
  }
}

void save_deal_words(pg::Transaction& tx, const v1::Deal& deal) {
  search::MarkedWords words;
  words.add_number(deal.number());
  words.add_words(deal.title());
  words.add_words(deal.client_name());
  add_object_words(deal.objects(), words);
  tx.execute(R"sql(
      INSERT INTO deal_search (deal_id, words, users)
      SELECT $1::uuid, array_to_tsvector($2::text[]),
             coalesce((SELECT array_agg(user_id) FROM deal_access WHERE deal_id = $1::uuid), '{}')
      ON CONFLICT (deal_id) DO UPDATE SET words = EXCLUDED.words)sql",
             deal.id(), words.list());
}

awaitable<std::string> next_deal_number(pg::Transaction& tx, int year) {
  const auto row = co_await tx.find_one("SELECT next_deal_number($1) AS number", year);
  co_return row->get<std::string>("number");
}

awaitable<std::vector<v1::Deal>> list_deals_of_client(pg::Transaction& tx,
                                                      const std::string& client_id) {
  const auto rows = co_await tx.query(R"sql(
      SELECT d.id, d.number, d.title, d.objects, c.short_name AS client_name
        FROM deals d
        JOIN clients c ON c.id = d.client_id
       WHERE d.client_id = $1
       ORDER BY d.id DESC
       LIMIT 1000)sql",
                                      client_id);
  std::vector<v1::Deal> deals;
  for (const auto& row : rows) deals.push_back(row.to<v1::Deal>());
  co_return deals;
}

awaitable<std::vector<v1::Deal>> list_deal_teams(pg::Transaction& tx,
                                                 const std::vector<std::string>& ids) {
  const auto rows = co_await tx.query(R"sql(
      SELECT deal_id AS id,
             jsonb_agg(jsonb_build_object('user_id', user_id, 'function', function)) AS members
        FROM deal_members
       WHERE deal_id = ANY($1::uuid[])
       GROUP BY deal_id)sql",
                                      ids);
  std::vector<v1::Deal> deals;
  for (const auto& row : rows) deals.push_back(row.to<v1::Deal>());
  co_return deals;
}

awaitable<std::vector<Id<Deal>>> lock_deals_of_user(pg::Transaction& tx, Id<User> user, int limit) {
  static const std::string sql = R"sql(
      SELECT d.id
        FROM deals d
       WHERE d.id IN (SELECT m.deal_id FROM deal_members m WHERE m.user_id = $1 AND )sql" +
                                 background::not_set_aside(kHandOver, "m.deal_id") + R"sql(
                       ORDER BY m.deal_id LIMIT $2)
       ORDER BY d.id
         FOR UPDATE OF d)sql";
  const auto rows = co_await tx.query(sql, user, limit);
  std::vector<Id<Deal>> ids;
  for (const auto& row : rows) ids.push_back(row.get<Id<Deal>>("id"));
  co_return ids;
}

}  // namespace bordero::crm
