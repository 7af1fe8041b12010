#include "platform/projection/deals.hpp"

#include "bordero/crm/v1/events.pb.h"
#include "platform/base/log.hpp"

namespace bordero::projection {
namespace {

constexpr std::chrono::seconds kPageLimit{10};

template <class Changed>
Result<crm::v1::Deal> deal_after(const mq::Event& event) {
  Changed message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.after();
}
template <class Told>
Result<crm::v1::Deal> deal_told(const mq::Event& event) {
  Told message;
  if (!event.parse(message)) return invalid("event_not_readable");
  return message.deal();
}

std::optional<std::string> optional_text(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

void keep_access(pg::Transaction& tx, const crm::v1::Deal& deal) {
  std::vector<std::string> people;
  for (const auto& member : deal.members()) people.push_back(member.user_id());
  tx.execute("DELETE FROM deal_access WHERE deal_id = $1 AND user_id <> ALL($2::uuid[])", deal.id(),
             people);
  tx.execute(R"sql(
      INSERT INTO deal_access (deal_id, user_id, is_lead)
      SELECT DISTINCT $1::uuid, person, person = $3::uuid
        FROM unnest($2::uuid[]) AS person
          ON CONFLICT (deal_id, user_id) DO UPDATE SET is_lead = EXCLUDED.is_lead)sql",
             deal.id(), people, deal.lead_agent_id());
}

awaitable<Result<void>> on_deal(pg::Transaction& tx, Context&, const mq::Event& event) {
  CO_TRY(const crm::v1::Deal deal, deal_in(event));
  co_await keep_deal(tx, deal);
  co_return Result<void>();
}

struct Progress {
  std::string after_id;
  bool done = false;
};
awaitable<Result<Progress>> read_progress(pg::Database& db, Context& ctx) {
  CO_TRY(auto tx, co_await db.read(ctx));
  const auto row = co_await tx.find_one(
      "SELECT coalesce(after_id::text, '') AS after_id, done FROM projection_imports "
      "WHERE name = 'deals'");
  if (!row) co_return Progress();
  co_return Progress{.after_id = row->get<std::string>("after_id"), .done = row->get<bool>("done")};
}

void save_progress(pg::Transaction& tx, const std::string& after_id, bool done) {
  tx.execute(R"sql(
      INSERT INTO projection_imports (name, after_id, done)
      VALUES ('deals', $1, $2)
      ON CONFLICT (name) DO UPDATE SET after_id = EXCLUDED.after_id, done = EXCLUDED.done)sql",
             optional_text(after_id), done);
}

// Over what we have up to this version.
awaitable<bool> write_deal(pg::Transaction& tx, const crm::v1::Deal& deal, int over) {
  const auto row = co_await tx.find_one(
      R"sql(
      INSERT INTO deals (id, number, title, client_id, client_name, status, lead_agent_id,
                         executor_id, finance_controller_id, version)
      VALUES ($1, $2, $3, $4, coalesce((SELECT short_name FROM client_names WHERE id = $4), $5),
              $6, $7, $8, $9, $10)
      ON CONFLICT (id) DO UPDATE
         SET title = EXCLUDED.title, client_id = EXCLUDED.client_id,
             client_name = EXCLUDED.client_name, status = EXCLUDED.status,
             lead_agent_id = EXCLUDED.lead_agent_id, executor_id = EXCLUDED.executor_id,
             finance_controller_id = EXCLUDED.finance_controller_id, version = EXCLUDED.version
       WHERE deals.version <= $11
      RETURNING id)sql",
      deal.id(), deal.number(), deal.title(), deal.client_id(), deal.client_name(), deal.status(),
      deal.lead_agent_id(), optional_text(deal.executor_id()),
      optional_text(deal.finance_controller_id()), deal.version(), over);
  if (!row) co_return false;
  keep_access(tx, deal);
  co_return true;
}

}  // namespace

awaitable<bool> keep_deal(pg::Transaction& tx, const crm::v1::Deal& deal) {
  return write_deal(tx, deal, deal.version() - 1);
}

awaitable<void> take_deal(pg::Transaction& tx, const crm::v1::Deal& deal) {
  tx.execute("DELETE FROM client_names WHERE id = $1 AND short_name <> $2", deal.client_id(),
             deal.client_name());
  co_await write_deal(tx, deal, deal.version());
}

Result<crm::v1::Deal> deal_in(const mq::Event& event) {
  const std::string& type = event.meta.type();
  if (type == "crm.deal.created") return deal_told<crm::v1::DealCreated>(event);
  if (type == "crm.deal.closed") return deal_told<crm::v1::DealClosed>(event);
  if (type == "crm.deal.updated") return deal_after<crm::v1::DealUpdated>(event);
  if (type == "crm.deal.status_changed") return deal_after<crm::v1::DealStatusChanged>(event);
  if (type == "crm.deal.team_changed") return deal_after<crm::v1::DealTeamChanged>(event);
  return invalid("event_not_about_a_deal");
}

// A client's name is no part of its deals' versions, and an event of a deal may be told after that
// of its client's new name with the name from before. So the newest name is remembered.
awaitable<Result<void>> on_client(pg::Transaction& tx, Context&, const mq::Event& event) {
  crm::v1::ClientUpdated message;
  if (!event.parse(message)) co_return invalid("event_not_readable");
  const auto& client = message.after();
  if (client.short_name() == message.before().short_name()) co_return Result<void>();
  const auto newer = co_await tx.find_one(
      R"sql(
      INSERT INTO client_names AS held (id, short_name, version)
      VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE
         SET short_name = EXCLUDED.short_name, version = EXCLUDED.version
       WHERE held.version < EXCLUDED.version
      RETURNING id)sql",
      client.id(), client.short_name(), client.version());
  if (!newer) co_return Result<void>();
  tx.execute("UPDATE deals SET client_name = $2 WHERE client_id = $1", client.id(),
             client.short_name());
  co_return Result<void>();
}

void follow_deals(mq::Consumer& consumer) {
  for (const char* type : {"crm.deal.created", "crm.deal.updated", "crm.deal.status_changed",
                           "crm.deal.team_changed", "crm.deal.closed"}) {
    consumer.on(type, on_deal);
  }
  consumer.on("crm.client.updated", on_client);
}

awaitable<Result<void>> import_deals(pg::Database& db, rpc::Peers& peers, const char* service) {
  while (true) {
    Context ctx = system_context("import_deals", kPageLimit);
    CO_TRY(const Progress progress, co_await read_progress(db, ctx));
    if (progress.done) co_return Result<void>();
    crm::v1::ExportDealsRequest request;
    request.set_after_id(progress.after_id);
    CO_TRY(const auto page,
           co_await rpc::ask<crm::v1::ExportDealsReply>(
               peers.to("crm"), service, ctx, "bordero.crm.v1.DealService/ExportDeals", request));
    CO_TRY(auto tx, co_await db.begin(ctx));
    for (const auto& deal : page.deals()) co_await keep_deal(tx, deal);
    const bool last = page.deals().empty();
    save_progress(tx, last ? progress.after_id : page.deals(page.deals_size() - 1).id(), last);
    CO_TRY_VOID(co_await tx.commit());
  }
}

awaitable<std::vector<std::string>> people_of(pg::Transaction& tx, const std::string& deal_id) {
  const auto rows =
      co_await tx.query("SELECT user_id FROM deal_access WHERE deal_id = $1 ORDER BY 1", deal_id);
  std::vector<std::string> people;
  for (const auto& row : rows) people.emplace_back(row.text("user_id"));
  co_return people;
}

awaitable<Result<std::vector<std::string>>> left_deals(redis::Client& redis, const Caller& caller) {
  std::vector<std::string> deals;
  if (caller.user_id.empty()) co_return deals;
  std::vector<std::string> words = {"SMEMBERS", "left:" + caller.user_id};
  const auto reply = co_await redis.command(std::move(words));
  if (!reply || reply->type == redis::Reply::Type::error) co_return unavailable("rights_not_known");
  for (const auto& item : reply->items) deals.push_back(item.text);
  co_return deals;
}

awaitable<std::vector<std::string>> just_left(redis::Client& redis, const Caller& caller) {
  auto deals = co_await left_deals(redis, caller);
  if (!deals) co_return std::vector<std::string>();
  co_return std::move(*deals);
}

}  // namespace bordero::projection
